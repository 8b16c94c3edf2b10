package randomchat.uploader.upload;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import randomchat.kit.problem.Problem;
import randomchat.uploader.store.Bucket;
import randomchat.uploader.store.ObjectKey;

/**
 * Files by their own address, which nobody can guess, and which is good without a token for as long
 * as the channel is open: what a page may use as a picture's source.
 */
@Path(FilesResource.PATH)
@RunOnVirtualThread
public class FilesResource {

  static final String PATH = "/files";

  /** Half of the redirect's life: a kept one is still good for the other half. */
  private static final String CACHE = "private, max-age=" + UploadLimits.REDIRECT.toSeconds() / 2;

  private final Downloads downloads;
  private final Bucket bucket;

  FilesResource(Downloads downloads, Bucket bucket) {
    this.downloads = downloads;
    this.bucket = bucket;
  }

  static String url(ObjectKey key) {
    return PATH + "/" + key;
  }

  @GET
  @Path("{channel}/{file}")
  @Operation(summary = "A file: redirects to where it can be read for a minute")
  public Response file(String channel, String file) {
    ObjectKey key =
        ObjectKey.parse(channel + "/" + file).orElseThrow(() -> Problem.notFound("no such file"));
    bucket.require();
    return Response.status(Response.Status.FOUND)
        .header("Location", downloads.url(key, UploadLimits.REDIRECT))
        .header("Cache-Control", CACHE)
        .build();
  }
}
