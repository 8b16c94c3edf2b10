package randomchat.uploader.store;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import randomchat.uploader.ChannelId;

/** Names an object: {@code <channel>/<128 random bits in hex>.<extension>}. */
public record ObjectKey(ChannelId channel, String name, String extension) {

  private static final Pattern FORM =
      Pattern.compile("(" + ChannelId.PATTERN + ")/([0-9a-f]{32})\\.([a-z0-9]{1,10})");
  private static final SecureRandom RANDOM = new SecureRandom();

  public static ObjectKey random(ChannelId channel, String extension) {
    byte[] bits = new byte[16];
    RANDOM.nextBytes(bits);
    return new ObjectKey(channel, HexFormat.of().formatHex(bits), extension);
  }

  /** Empty for what is not exactly of this form. */
  public static Optional<ObjectKey> parse(String text) {
    Matcher parts = FORM.matcher(text);
    return parts.matches()
        ? Optional.of(new ObjectKey(new ChannelId(parts.group(1)), parts.group(2), parts.group(3)))
        : Optional.empty();
  }

  /** What all objects of a channel begin with. */
  public static String prefix(ChannelId channel) {
    return channel + "/";
  }

  @Override
  public String toString() {
    return prefix(channel) + name + "." + extension;
  }
}
