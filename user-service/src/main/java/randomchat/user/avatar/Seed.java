package randomchat.user.avatar;

import java.security.SecureRandom;
import java.util.HexFormat;

/** What decides how an avatar looks: 64 random bits, as 16 hex digits. Says nothing of its user. */
public record Seed(String value) {

  static final String PATTERN = "[0-9a-f]{16}";

  private static final SecureRandom RANDOM = new SecureRandom();

  public Seed {
    if (!value.matches(PATTERN)) {
      throw new IllegalArgumentException("not a seed");
    }
  }

  public static Seed random() {
    return new Seed(HexFormat.of().toHexDigits(RANDOM.nextLong()));
  }

  /** Where its picture is, relative to this origin. */
  public String url() {
    return AvatarResource.PATH + "/" + value + ".svg";
  }

  long bits() {
    return Long.parseUnsignedLong(value, 16);
  }
}
