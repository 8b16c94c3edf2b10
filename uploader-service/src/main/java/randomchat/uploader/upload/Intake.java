package randomchat.uploader.upload;

import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import randomchat.kit.problem.Problem;
import randomchat.uploader.member.Caller;
import randomchat.uploader.type.FileType;

/**
 * What both ways of sending files have in common: which ones are taken, and what is said if not.
 */
@Singleton
class Intake {

  private final Uploads uploads;
  private final UploadLimits limits;
  private final Caller caller;

  Intake(Uploads uploads, UploadLimits limits, Caller caller) {
    this.uploads = uploads;
    this.limits = limits;
    this.caller = caller;
  }

  /** All of them, in their order. */
  List<Uploads.Stored> take(List<FileUpload> files) {
    if (files == null || files.isEmpty() || files.size() > UploadLimits.MOST_FILES) {
      throw Problem.badRequest("1 to %d files are expected".formatted(UploadLimits.MOST_FILES));
    }
    List<Incoming> incoming = files.stream().map(Incoming::of).toList();
    if (incoming.stream().anyMatch(file -> file.size() == 0)) {
      throw Problem.badRequest("an empty file cannot be sent");
    }
    if (incoming.stream().mapToLong(Incoming::size).sum() > limits.mostBytes()) {
      throw new Problem(413, "files may have %d bytes in all".formatted(limits.mostBytes()));
    }
    return uploads
        .take(caller.member().channel(), typed(incoming))
        .orElseThrow(() -> Problem.notFound("no such channel"));
  }

  private Map<Incoming, FileType> typed(List<Incoming> files) {
    Map<Incoming, FileType> typed = new LinkedHashMap<>();
    for (Incoming file : files) {
      typed.put(file, uploads.typeOf(file).orElseThrow(() -> refusal(typed.size() + 1)));
    }
    return typed;
  }

  private static Problem refusal(int place) {
    return new Problem(
        415, "file %d is not what its name says, or not allowed here".formatted(place));
  }
}
