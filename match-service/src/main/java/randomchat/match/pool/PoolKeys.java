package randomchat.match.pool;

import java.util.List;

/**
 * Every key and topic that this service names. H is {@code REDIS_EXPIRATION_HOURS}.
 *
 * <table>
 * <caption>Keys and topics</caption>
 * <tr><th>key</th><th>type</th><th>expiry</th><th>writer</th><th>readers</th></tr>
 * <tr><td>{pool}:tickets</td><td>sorted set</td><td>H, refreshed</td><td>match</td><td>match</td></tr>
 * <tr><td>{pool}:ticket:u</td><td>hash</td><td>H, refreshed</td><td>match</td><td>match</td></tr>
 * <tr><td>{pool}:interest:tag</td><td>sorted set</td><td>H, refreshed</td><td>match</td><td>match</td></tr>
 * <tr><td>{pool}:pairing:c</td><td>hash</td><td>5 minutes</td><td>match</td><td>match</td></tr>
 * <tr><td>{pool}:pairings</td><td>sorted set</td><td>H, refreshed</td><td>match</td><td>match</td></tr>
 * <tr><td>{pool}:inbox:u</td><td>string</td><td>60 s</td><td>match</td><td>match</td></tr>
 * <tr><td>{pool}:recent:u</td><td>sorted set</td><td>24 h</td><td>match</td><td>match</td></tr>
 * <tr><td>{pool}:blocked:u</td><td>set</td><td>30 H, refreshed</td><td>match</td><td>match</td></tr>
 * <tr><td>rate:{block:u}</td><td>hash</td><td>until it is full</td><td>match</td><td>match</td></tr>
 * <tr><td>user:{u}</td><td>hash</td><td>H</td><td>user</td><td>user, match</td></tr>
 * <tr><td>{c}:meta</td><td>hash</td><td>exp of the tokens + 1 h</td><td>chat</td><td>chat, match, uploader</td></tr>
 * <tr><td>{pool}:replica:id</td><td>topic</td><td></td><td>match</td><td>match</td></tr>
 * </table>
 */
public final class PoolKeys {

  /** What each script of the pool gets, in the order in which {@code pool.lua} names it. */
  static final List<String> POOL =
      List.of(
          "{pool}:tickets",
          "{pool}:pairings",
          "{pool}:ticket:",
          "{pool}:interest:",
          "{pool}:pairing:",
          "{pool}:inbox:",
          "{pool}:recent:",
          "{pool}:blocked:",
          "{pool}:replica:");

  private PoolKeys() {}

  static String user(UserId user) {
    return "user:{" + user.text() + "}";
  }

  static String meta(ChannelId channel) {
    return "{" + channel.text() + "}:meta";
  }

  public static String blockRate(UserId user) {
    return "rate:{block:" + user.text() + "}";
  }

  /** The topic on which one replica hears about its tickets. */
  public static String topic(String replicaId) {
    return "{pool}:replica:" + replicaId;
  }
}
