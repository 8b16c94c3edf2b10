package randomchat.match.socket;

import io.quarkus.websockets.next.UserData;
import randomchat.match.pool.Interests;
import randomchat.match.pool.UserId;

/**
 * Who comes, as the upgrade found out.
 *
 * @param asksPosition whether the client wants to hear where it is in the line
 * @param arrived when it asked: milliseconds on the pool's clock
 */
record Visit(UserId user, Interests interests, boolean asksPosition, long arrived) {

  static final UserData.TypedKey<Visit> KEY = new UserData.TypedKey<>("visit");
}
