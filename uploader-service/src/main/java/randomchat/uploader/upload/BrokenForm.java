package randomchat.uploader.upload;

import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import randomchat.kit.problem.ProblemBody;

/**
 * A form that ends too early, or is none. Only the reading of a request fails like this here: what
 * our own files and the store do is wrapped.
 */
class BrokenForm {

  private static final int BAD_REQUEST = 400;

  @ServerExceptionMapper
  Response map(IOException broken) {
    return Response.status(BAD_REQUEST)
        .type(ProblemBody.MEDIA_TYPE)
        .header("Cache-Control", "no-store")
        .entity(ProblemBody.of(BAD_REQUEST, "the body must be a complete multipart form"))
        .build();
  }
}
