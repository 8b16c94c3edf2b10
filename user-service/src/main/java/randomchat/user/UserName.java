package randomchat.user;

import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a user is called: NFC, no blanks around it, 1 to {@link #LONGEST} code points of which at
 * least one is visible, and none that is a control character or changes the direction of the text
 * around it.
 */
record UserName(String value) {

  /** Code points, after normalisation. */
  static final int LONGEST = 30;

  private static final Pattern BLANKS_AROUND =
      Pattern.compile("^\\p{IsWhite_Space}+|\\p{IsWhite_Space}+$");

  UserName {
    if (!isGood(value)) {
      throw new IllegalArgumentException("not a user name");
    }
  }

  /** The normalised name; empty for what cannot be one. */
  static Optional<UserName> parse(String text) {
    if (text == null || hasLoneSurrogate(text)) {
      return Optional.empty();
    }
    String stripped = BLANKS_AROUND.matcher(text).replaceAll("");
    String name = Normalizer.normalize(stripped, Normalizer.Form.NFC);
    return isGood(name) ? Optional.of(new UserName(name)) : Optional.empty();
  }

  private static boolean isGood(String name) {
    int length = name.codePointCount(0, name.length());
    return length >= 1
        && length <= LONGEST
        && name.codePoints().noneMatch(UserName::isForbidden)
        && name.codePoints().anyMatch(UserName::isVisible);
  }

  private static boolean hasLoneSurrogate(String text) {
    return text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE);
  }

  private static boolean isForbidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> isBidiControl(c) || isNoCharacter(c);
    };
  }

  /** Embeddings, overrides and isolates: they reorder the text that follows the name. */
  private static boolean isBidiControl(int c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  }

  private static boolean isNoCharacter(int c) {
    return (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
  }

  private static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.FORMAT,
          Character.SPACE_SEPARATOR,
          Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.COMBINING_SPACING_MARK ->
          false;
      default -> !isBlankLetter(c);
    };
  }

  /** Letters and symbols that show nothing: the Hangul fillers and the empty Braille pattern. */
  private static boolean isBlankLetter(int c) {
    return c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0 || c == 0x2800;
  }

  @Override
  public String toString() {
    return value;
  }
}
