package randomchat.chat.channel;

/** How ids are written. */
final class Ids {

  private static final int MOST_DIGITS = 19; // of 63 bits

  private Ids() {}

  static boolean isDecimal(String text) {
    return text != null
        && !text.isEmpty()
        && text.length() <= MOST_DIGITS
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
