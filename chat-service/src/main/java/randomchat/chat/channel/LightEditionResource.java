package randomchat.chat.channel;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import randomchat.chat.channel.ChannelResource.UserIds;

/** The paths of the original's light edition, for its clients. */
@Path("/api")
@Singleton
public class LightEditionResource {

  private final ChannelRequests requests;

  LightEditionResource(ChannelRequests requests) {
    this.requests = requests;
  }

  @GET
  @Path("/chanusers")
  @Operation(summary = "As /api/chat/users")
  public Uni<UserIds> users(@HeaderParam("Authorization") String authorization) {
    return requests.members(authorization).map(UserIds::new);
  }

  @GET
  @Path("/chanusers/online")
  @Operation(summary = "As /api/chat/users/online")
  public Uni<UserIds> online(@HeaderParam("Authorization") String authorization) {
    return requests.online(authorization).map(UserIds::new);
  }

  @GET
  @Path("/channel/messages")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "All messages that are kept, oldest first")
  public Uni<String> messages(@HeaderParam("Authorization") String authorization) {
    return requests.wholeHistory(authorization);
  }

  @DELETE
  @Path("/channel")
  @Operation(summary = "As DELETE /api/chat/channel")
  public Uni<Void> leave(
      @HeaderParam("Authorization") String authorization, @QueryParam("delby") String leaver) {
    return requests.leave(authorization, leaver);
  }
}
