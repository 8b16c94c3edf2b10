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
import randomchat.kit.problem.Problem;
import randomchat.uploader.member.Limited;
import randomchat.uploader.member.MembersOnly;

/** The upload of the light edition: the same under a path of its own. */
@Path("/api/file")
@MembersOnly
@Limited
@Consumes(MediaType.MULTIPART_FORM_DATA)
@RunOnVirtualThread
public class LightResource {

  @RegisterForReflection
  record FileAnswer(String file_name, String file_url) {}

  private final Intake intake;

  LightResource(Intake intake) {
    this.intake = intake;
  }

  @POST
  @Operation(summary = "Takes one file in")
  public Response file(@RestForm("file") List<FileUpload> files) {
    if (files != null && files.size() > 1) {
      throw Problem.badRequest("one file is expected");
    }
    Uploads.Stored stored = intake.take(files).getFirst();
    return Response.status(Response.Status.CREATED)
        .entity(new FileAnswer(stored.name().value(), FilesResource.url(stored.key())))
        .build();
  }
}
