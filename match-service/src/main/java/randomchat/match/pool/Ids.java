package randomchat.match.pool;

/** What all our ids look like. */
final class Ids {

  private static final int LONGEST = 19; // digits of 63 bits

  private Ids() {}

  static String decimal(String text) {
    boolean fits = text != null && !text.isEmpty() && text.length() <= LONGEST;
    if (!fits || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new IllegalArgumentException("not an id");
    }
    return text;
  }
}
