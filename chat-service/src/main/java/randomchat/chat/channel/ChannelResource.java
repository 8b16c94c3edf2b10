package randomchat.chat.channel;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What members ask of their channel outside the socket. Every route needs a channel token. */
@Path("/api/chat")
@Singleton
public class ChannelResource {

  private final ChannelRequests requests;

  ChannelResource(ChannelRequests requests) {
    this.requests = requests;
  }

  @RegisterForReflection
  record UserIds(@JsonProperty("user_ids") List<String> userIds) {}

  @GET
  @Path("/users")
  @Operation(summary = "The ids of both members")
  public Uni<UserIds> users(@HeaderParam("Authorization") String authorization) {
    return requests.members(authorization).map(UserIds::new);
  }

  @GET
  @Path("/users/online")
  @Operation(summary = "The ids of the members with an open socket")
  public Uni<UserIds> online(@HeaderParam("Authorization") String authorization) {
    return requests.online(authorization).map(UserIds::new);
  }

  @GET
  @Path("/channel/messages")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "A page of the messages, newest first; next_ps is \"\" on the last")
  public Uni<String> messages(
      @HeaderParam("Authorization") String authorization, @QueryParam("ps") String page) {
    return requests.page(authorization, page);
  }

  @DELETE
  @Path("/channel")
  @Operation(summary = "Leaves the channel, which ends it for both")
  public Uni<Void> leave(
      @HeaderParam("Authorization") String authorization, @QueryParam("delby") String leaver) {
    return requests.leave(authorization, leaver);
  }
}
