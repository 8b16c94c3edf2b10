package randomchat.chat.socket;

import java.util.Optional;

/**
 * What makes sending safe to repeat: {@code <client id>:<n>}.
 *
 * @param client a random id per page load
 * @param counter goes up by one with each frame
 */
record FrameKey(String client, long counter) {

  private static final int LONGEST = 64; // bytes, in all

  /** Empty unless it is a key: letters, digits, - and _ before the colon, a number behind it. */
  static Optional<FrameKey> parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1 || text.length() > LONGEST) {
      return Optional.empty();
    }
    String client = text.substring(0, colon);
    String counter = text.substring(colon + 1);
    boolean plain =
        client
            .chars()
            .allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_'));
    if (!plain || !counter.matches("0|[1-9]\\d{0,14}")) {
      return Optional.empty();
    }
    return Optional.of(new FrameKey(client, Long.parseLong(counter)));
  }

  String text() {
    return client + ":" + counter;
  }
}
