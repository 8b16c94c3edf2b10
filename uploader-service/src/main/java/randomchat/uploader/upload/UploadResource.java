package randomchat.uploader.upload;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import randomchat.uploader.member.Limited;
import randomchat.uploader.member.MembersOnly;

/** Files that come through this service. */
@Path("/api/uploader")
@MembersOnly
@Limited
@Consumes(MediaType.MULTIPART_FORM_DATA)
@RunOnVirtualThread
public class UploadResource {

  /**
   * @param url of the file, relative to this origin; needs no token
   */
  @RegisterForReflection
  record Uploaded(String name, String url, String object_key) {
    static Uploaded of(Uploads.Stored file) {
      return new Uploaded(
          file.name().value(), FilesResource.url(file.key()), file.key().toString());
    }
  }

  @RegisterForReflection
  record FilesAnswer(List<Uploaded> uploaded_files) {}

  private final Intake intake;

  UploadResource(Intake intake) {
    this.intake = intake;
  }

  @POST
  @Path("upload/files")
  @Operation(summary = "Takes one to ten files in: all of them, or none")
  public Response files(@RestForm("files") List<FileUpload> files) {
    List<Uploaded> stored = intake.take(files).stream().map(Uploaded::of).toList();
    return Response.status(Response.Status.CREATED).entity(new FilesAnswer(stored)).build();
  }
}
