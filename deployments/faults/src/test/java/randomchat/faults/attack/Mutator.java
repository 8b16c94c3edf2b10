package randomchat.faults.attack;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Changes what is well-formed a little, as its seed says; what comes out bears a mark. */
final class Mutator {

  /** Nothing of ours has it: where it turns up, somebody passed on what he should not have. */
  static final String MARK = "zq7mark";

  private static final int MOST_CHANGES = 4;
  private static final int LONGEST_SLICE = 40;

  /** What has broken parsers before. */
  private static final List<byte[]> PIECES =
      Stream.of(
              "\0",
              "\r\n",
              "\n",
              "\r",
              "\u001b[31m",
              "%00",
              "%0d%0a",
              "%",
              "%zz",
              "%u0041",
              "../",
              "\"",
              "\\",
              "\\u0000",
              "\\ud800",
              "\\u",
              "{",
              "}",
              "[[[[[[[[[[[[[[[[[[[[[[",
              "{}",
              "null",
              "true",
              "-1",
              "-0",
              "1e999",
              "9223372036854775808",
              "0x7f",
              "NaN",
              "99999999999999999999999",
              ",",
              ":",
              ";",
              "&",
              "?",
              "#",
              "=",
              " ",
              "\t",
              "\u202e",
              "\ufeff",
              "\uffff",
              "😀",
              "${jndi:x}",
              "{0}",
              "%s%n",
              "<script>",
              "' OR 1",
              "x".repeat(5_000))
          .map(piece -> piece.getBytes(StandardCharsets.UTF_8))
          .toList();

  private static final List<byte[]> NO_TEXT =
      List.of(
          new byte[] {(byte) 0xff},
          new byte[] {(byte) 0xc0, (byte) 0x80},
          new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
          new byte[] {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80});

  private final Random random;

  Mutator(Random random) {
    this.random = random;
  }

  Random random() {
    return random;
  }

  <T> T any(List<T> things) {
    return things.get(random.nextInt(things.size()));
  }

  /** In one byte a character, so that nothing is lost. */
  String mutated(String latin1) {
    byte[] bytes = mutated(latin1.getBytes(StandardCharsets.ISO_8859_1));
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** The same in one line. */
  String mutatedLine(String latin1) {
    return mutated(latin1).replaceAll("[\r\n]", "");
  }

  byte[] mutated(byte[] input) {
    byte[] bytes = input;
    for (int i = 1 + random.nextInt(MOST_CHANGES); i > 0; i--) {
      bytes = changed(bytes);
    }
    boolean marked = new String(bytes, StandardCharsets.ISO_8859_1).contains(MARK);
    return marked ? bytes : inserted(bytes, MARK.getBytes(StandardCharsets.US_ASCII));
  }

  private byte[] changed(byte[] bytes) {
    int at = place(bytes);
    int end = Math.min(bytes.length, at + 1 + random.nextInt(LONGEST_SLICE));
    return switch (random.nextInt(7)) {
      case 0 -> flipped(bytes, at);
      case 1 -> joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, end, bytes.length));
      case 2 -> inserted(bytes, Arrays.copyOfRange(bytes, at, end));
      case 3, 4 -> inserted(bytes, any(PIECES));
      case 5 -> inserted(bytes, any(NO_TEXT));
      default -> random.nextInt(4) == 0 ? Arrays.copyOf(bytes, at) : flipped(bytes, at);
    };
  }

  private byte[] flipped(byte[] bytes, int at) {
    byte[] changed = bytes.clone();
    if (at < changed.length) {
      changed[at] ^= (byte) (1 << random.nextInt(8));
    }
    return changed;
  }

  private byte[] inserted(byte[] bytes, byte[] piece) {
    int at = place(bytes);
    return joined(Arrays.copyOf(bytes, at), piece, Arrays.copyOfRange(bytes, at, bytes.length));
  }

  private int place(byte[] bytes) {
    return random.nextInt(bytes.length + 1);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
