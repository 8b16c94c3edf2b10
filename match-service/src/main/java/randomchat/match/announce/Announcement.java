package randomchat.match.announce;

import java.util.Optional;
import randomchat.match.pool.ChannelId;
import randomchat.match.pool.ConnectionId;
import randomchat.match.pool.Match;
import randomchat.match.pool.UserId;

/** What a replica is told about one of its connections. A hint: the truth is in the keys. */
public sealed interface Announcement {

  UserId user();

  ConnectionId connection();

  /** A pairing waits for the connection's answer to a ping. */
  record Reserved(UserId user, ConnectionId connection, ChannelId channel)
      implements Announcement {}

  /** Both answered; the match is in the inbox. */
  record Matched(UserId user, ConnectionId connection, Match match) implements Announcement {}

  /** Another connection of the user took the ticket over. */
  record Replaced(UserId user, ConnectionId connection) implements Announcement {}

  /** The pairing was undone through no fault of this one, which is in the line again. */
  record Waiting(UserId user, ConnectionId connection) implements Announcement {}

  /** The connection did not answer in time. */
  record Away(UserId user, ConnectionId connection) implements Announcement {}

  /**
   * Reads {@code <what> [<its words>] <user> <connection>}; empty for what only a newer replica
   * says.
   */
  static Optional<Announcement> parse(String text) {
    String[] words = text.split(" ");
    if (words.length < 3) {
      return Optional.empty();
    }
    UserId user = new UserId(words[words.length - 2]);
    ConnectionId connection = new ConnectionId(words[words.length - 1]);
    return switch (words[0]) {
      case "reserved" -> Optional.of(new Reserved(user, connection, new ChannelId(words[1])));
      case "matched" ->
          Optional.of(
              new Matched(
                  user, connection, Match.parse(String.join(" ", words[1], words[2], words[3]))));
      case "replaced" -> Optional.of(new Replaced(user, connection));
      case "waiting" -> Optional.of(new Waiting(user, connection));
      case "away" -> Optional.of(new Away(user, connection));
      default -> Optional.empty();
    };
  }
}
