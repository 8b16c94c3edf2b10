package randomchat.match.pool;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What somebody wants to talk about: at most {@link #MOST} tags, normalised so that equal words are
 * equal texts.
 */
public record Interests(List<String> tags) {

  public static final Interests NONE = new Interests(List.of());

  static final int MOST = 5;
  static final int LONGEST = 32; // code points of a tag

  private static final int LONGEST_TEXT = 1024; // characters before anything is looked at

  public Interests {
    tags = List.copyOf(tags);
  }

  /**
   * Reads a comma-separated text; empty for one with too many tags, or a tag that is too long or
   * has control characters. Blanks around a tag, empty tags and repeated ones do not count.
   */
  public static Optional<Interests> parse(String text) {
    if (text.length() > LONGEST_TEXT) {
      return Optional.empty();
    }
    List<String> tags =
        Stream.of(text.split(","))
            .map(Interests::normal)
            .filter(tag -> !tag.isEmpty())
            .distinct()
            .toList();
    return tags.size() <= MOST && tags.stream().allMatch(Interests::isFit)
        ? Optional.of(new Interests(tags))
        : Optional.empty();
  }

  /** Comma-separated, as the scripts read it. */
  String text() {
    return String.join(",", tags);
  }

  private static String normal(String tag) {
    String lower = Normalizer.normalize(tag, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    return Normalizer.normalize(lower, Normalizer.Form.NFC).strip();
  }

  private static boolean isFit(String tag) {
    return tag.codePointCount(0, tag.length()) <= LONGEST
        && tag.codePoints().noneMatch(Interests::isControl);
  }

  private static boolean isControl(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
