package randomchat.match.block;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.ResponseStatus;
import randomchat.kit.problem.Problem;
import randomchat.kit.token.Claims;
import randomchat.kit.token.Tokens;
import randomchat.match.pool.UserId;

/** Never again the peer of this channel. */
@Path("/api/match/block")
public class BlockResource {

  private static final String AUDIENCE = "randomchat:channel";

  private final Tokens tokens;
  private final BlockStore blocks;

  BlockResource(Tokens tokens, BlockStore blocks) {
    this.tokens = tokens;
    this.blocks = blocks;
  }

  @POST
  @ResponseStatus(204)
  @Operation(summary = "The token's user and its peer are never matched again, either way round")
  @APIResponse(responseCode = "204", description = "Blocked")
  @APIResponse(responseCode = "401", description = "No valid channel token")
  @APIResponse(responseCode = "429", description = "Too many blocks; see Retry-After")
  @APIResponse(responseCode = "503", description = "Redis cannot be reached; see Retry-After")
  public Uni<Void> block(@HeaderParam("Authorization") String authorization) {
    Claims claims =
        Tokens.bearer(authorization)
            .flatMap(token -> tokens.verify(token, AUDIENCE))
            .orElseThrow(Problem::unauthorized);
    UserId user = id(claims.subject());
    UserId peer = id(claims.texts().get("peer"));
    if (user.equals(peer)) {
      throw Problem.unauthorized();
    }
    return Uni.createFrom()
        .completionStage(() -> blocks.mayBlock(user).toCompletionStage())
        .flatMap(
            may -> {
              if (!may) {
                throw Problem.tooMany();
              }
              return Uni.createFrom()
                  .completionStage(() -> blocks.block(user, peer).toCompletionStage());
            });
  }

  private static UserId id(String text) {
    try {
      return new UserId(text);
    } catch (IllegalArgumentException notOfAChannel) {
      throw Problem.unauthorized();
    }
  }
}
