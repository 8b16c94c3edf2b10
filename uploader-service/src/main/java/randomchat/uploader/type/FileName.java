package randomchat.uploader.type;

import java.text.Normalizer;
import java.util.Locale;

/**
 * What a file is called, made fit to be shown and sent in a header: no folders, no control and bidi
 * characters, at most {@link #LONGEST} code points, never empty.
 */
public record FileName(String value) {

  static final int LONGEST = 120;
  private static final int LONGEST_EXTENSION = 10;

  public static FileName of(String told) {
    String name = told == null ? "" : told;
    name = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    int[] kept =
        Normalizer.normalize(name, Normalizer.Form.NFC)
            .codePoints()
            .filter(FileName::isFit)
            .toArray();
    int from = Math.max(0, kept.length - LONGEST); // the end has the extension
    String fit = new String(kept, from, kept.length - from).strip();
    return new FileName(fit.isEmpty() || fit.equals(".") || fit.equals("..") ? "file" : fit);
  }

  private static boolean isFit(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /** What follows the last dot, in lower case; empty when there is none, or nothing usual. */
  public String extension() {
    String extension = value.substring(value.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    boolean usual = value.indexOf('.') >= 0 && extension.length() <= LONGEST_EXTENSION;
    return usual && extension.matches("[a-z0-9]+") ? extension : "";
  }
}
