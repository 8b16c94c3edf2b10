package randomchat.match.announce;

import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.Map;
import randomchat.kit.token.Tokens;
import randomchat.match.pool.Match;
import randomchat.match.pool.UserId;

/** The frames that a waiting socket is sent. */
@Singleton
public class HandOut {

  private static final String AUDIENCE = "randomchat:channel";

  private final Tokens tokens;

  HandOut(Tokens tokens) {
    this.tokens = tokens;
  }

  /** The match, with a token of the channel that is this user's own. */
  public String matched(UserId user, Match match) {
    String token =
        tokens.sign(
            AUDIENCE,
            user.text(),
            Map.of("peer", match.peer().text(), "channel_id", match.channel().text()),
            match.expiresAt());
    return new JsonObject()
        .put("access_token", token)
        .put("channel_id", match.channel().text())
        .encode();
  }

  /**
   * @param position in the line, from 1
   * @param online how many are in it
   */
  public static String waiting(long position, long online) {
    return new JsonObject()
        .put("waiting", new JsonObject().put("position", position).put("online", online))
        .encode();
  }
}
