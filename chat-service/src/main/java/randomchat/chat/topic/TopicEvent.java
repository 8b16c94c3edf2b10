package randomchat.chat.topic;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;

/** What is said on a channel's topic, by its scripts. */
public sealed interface TopicEvent {

  /**
   * A kept message.
   *
   * @param frame its frame, ready to be sent
   */
  record Kept(long position, long time, byte[] frame) implements TopicEvent {}

  /**
   * Messages of {@code author} were seen.
   *
   * @param positions in ascending order
   */
  record Seen(String author, List<String> positions) implements TopicEvent {}

  /** A user's first connection came, or its last lease ended. */
  record Presence(String user, boolean online) implements TopicEvent {}

  /** A user does something that is kept nowhere, such as typing. */
  record Action(String user, String action) implements TopicEvent {}

  /** A user left: the channel has ended. */
  record Left(String user) implements TopicEvent {}

  /** A connection gives way to a newer one of its user. */
  record Evicted(String entry) implements TopicEvent {}

  /** Empty for what this version does not know. */
  static Optional<TopicEvent> parse(Buffer message) {
    if (message.length() < 3) {
      return Optional.empty();
    }
    if (message.getByte(0) == 'm') {
      return Optional.of(kept(message));
    }
    String[] words = message.toString().split(" ");
    return Optional.ofNullable(
        switch (words[0]) {
          case "s" -> new Seen(words[1], List.of(words[2].split(",")));
          case "p" -> new Presence(words[1], words[2].equals("joined"));
          case "t" -> new Action(words[1], words[2]);
          case "l" -> new Left(words[1]);
          case "x" -> new Evicted(words[1]);
          default -> null;
        });
  }

  private static Kept kept(Buffer message) {
    int at = 2;
    long position = 0;
    for (byte digit; (digit = message.getByte(at)) != ' '; at++) {
      position = position * 10 + digit - '0';
    }
    at++;
    long time = 0;
    for (byte digit; (digit = message.getByte(at)) != ' '; at++) {
      time = time * 10 + digit - '0';
    }
    return new Kept(position, time, message.getBytes(at + 1, message.length()));
  }
}
