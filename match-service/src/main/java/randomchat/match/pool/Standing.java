package randomchat.match.pool;

/** Where a connection's ticket stands. */
public sealed interface Standing {

  /**
   * In the line.
   *
   * @param place by which the line is ordered
   * @param since when the user began to wait, milliseconds of Redis
   * @param position in the line, from 1; 0: not asked
   */
  record Waiting(long place, long since, long position) implements Standing {}

  /** Out of the line until the client answers a ping. */
  record Away() implements Standing {}

  /** Reserved for a pairing that waits for this connection's answer to a ping. */
  record Reserved(ChannelId channel) implements Standing {}

  /** Matched; the match lies in the inbox. */
  record Matched(Match match) implements Standing {}

  /** The ticket is another connection's. */
  record Replaced() implements Standing {}

  /** This connection has given its ticket back, or has none. */
  record Gone() implements Standing {}
}
