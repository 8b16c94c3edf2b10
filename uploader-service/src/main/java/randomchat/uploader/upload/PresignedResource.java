package randomchat.uploader.upload;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;
import randomchat.kit.problem.Problem;
import randomchat.uploader.member.Caller;
import randomchat.uploader.member.Limited;
import randomchat.uploader.member.MembersOnly;
import randomchat.uploader.store.ObjectKey;
import randomchat.uploader.store.Presigner;
import randomchat.uploader.type.FileType;
import randomchat.uploader.type.FileTypes;

/** Files that go to and come from the store directly, by URLs signed here. */
@Path("/api/uploader")
@MembersOnly
@RunOnVirtualThread
public class PresignedResource {

  /**
   * @param fields of a form to be posted; absent where the URL takes a PUT
   */
  @RegisterForReflection
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record UploadAnswer(String object_key, String url, Map<String, String> fields) {}

  @RegisterForReflection
  record DownloadAnswer(String url) {}

  private final Uploads uploads;
  private final Downloads downloads;
  private final Presigner presigner;
  private final FileTypes types;
  private final UploadLimits limits;
  private final Caller caller;

  PresignedResource(
      Uploads uploads,
      Downloads downloads,
      Presigner presigner,
      FileTypes types,
      UploadLimits limits,
      Caller caller) {
    this.uploads = uploads;
    this.downloads = downloads;
    this.presigner = presigner;
    this.types = types;
    this.limits = limits;
    this.caller = caller;
  }

  @GET
  @Path("upload/presigned")
  @Limited
  @Operation(summary = "A URL to put one file to, or with form=post a form to post it by")
  public UploadAnswer upload(@RestQuery String ext, @RestQuery Optional<String> form) {
    boolean asForm = form.map(PresignedResource::isPost).orElse(false);
    if (ext == null || !ext.matches("\\.?[A-Za-z0-9]{1,10}")) {
      throw Problem.badRequest("ext must be the extension of a file name");
    }
    FileType type = types.ofExtension(ext).orElseThrow(() -> new Problem(415, "not allowed here"));
    ObjectKey key =
        uploads
            .issue(caller.member().channel(), type)
            .orElseThrow(() -> Problem.notFound("no such channel"));
    if (!asForm) {
      return new UploadAnswer(key.toString(), presigner.put(key, limits.presigned()), null);
    }
    var signed = presigner.form(key, type, limits.mostBytes(), limits.presigned());
    return new UploadAnswer(key.toString(), signed.url(), signed.fields());
  }

  @GET
  @Path("download/presigned")
  @Operation(summary = "A URL to read a file of the caller's channel from")
  public DownloadAnswer download(@RestQuery String okb64) {
    ObjectKey key =
        decoded(okb64)
            .flatMap(ObjectKey::parse)
            .orElseThrow(() -> Problem.badRequest("okb64 must be the key of a file, in base64"));
    if (!key.channel().equals(caller.member().channel())) {
      throw Problem.forbidden("this file belongs to another channel");
    }
    return new DownloadAnswer(downloads.url(key, limits.presigned()));
  }

  private static boolean isPost(String form) {
    if (form.equals("post")) {
      return true;
    }
    throw Problem.badRequest("form must be post, if given");
  }

  /** Either alphabet, padded or not; a plus that a client did not escape arrives as a blank. */
  private static Optional<String> decoded(String okb64) {
    if (okb64 == null) {
      return Optional.empty();
    }
    String text =
        okb64.replace(' ', '+').replace('-', '+').replace('_', '/').replaceFirst("=+$", "");
    try {
      byte[] key = Base64.getDecoder().decode(text);
      return Optional.of(new String(key, StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
