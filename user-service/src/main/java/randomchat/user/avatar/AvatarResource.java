package randomchat.user.avatar;

import io.smallrye.common.annotation.NonBlocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Pictures of users, drawn from their seed: the same seed, the same picture, for ever. */
@Path(AvatarResource.PATH)
public class AvatarResource {

  static final String PATH = "/api/user/avatar";

  @GET
  @Path("{seed:" + Seed.PATTERN + "}.svg")
  @NonBlocking
  @Operation(summary = "The picture of a user")
  public Response draw(String seed) {
    return Response.ok(Avatar.of(new Seed(seed)).svg())
        .type("image/svg+xml")
        .header("Content-Security-Policy", "default-src 'none'; sandbox")
        .header("X-Content-Type-Options", "nosniff")
        .header("Cache-Control", "public, max-age=31536000, immutable")
        .build();
  }
}
