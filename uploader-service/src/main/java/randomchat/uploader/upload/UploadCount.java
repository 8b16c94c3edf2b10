package randomchat.uploader.upload;

import jakarta.ws.rs.container.ContainerResponseContext;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import randomchat.uploader.member.Limited;
import randomchat.uploader.upload.UploadMeters.Outcome;

/** Counts the answers of every route by which files come. */
class UploadCount {

  private final UploadMeters meters;

  UploadCount(UploadMeters meters) {
    this.meters = meters;
  }

  @Limited
  @ServerResponseFilter
  void count(ContainerResponseContext response) {
    meters.count(outcome(response.getStatus()));
  }

  private static Outcome outcome(int status) {
    return switch (status) {
      case 201 -> Outcome.STORED;
      case 200 -> Outcome.ISSUED;
      case 400 -> Outcome.BAD_REQUEST;
      case 401 -> Outcome.UNAUTHORIZED;
      case 404 -> Outcome.NO_CHANNEL;
      case 413 -> Outcome.TOO_LARGE;
      case 415 -> Outcome.BAD_TYPE;
      case 429 -> Outcome.TOO_MANY;
      case 503 -> Outcome.UNAVAILABLE;
      default -> Outcome.FAILED;
    };
  }
}
