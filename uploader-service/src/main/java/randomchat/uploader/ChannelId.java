package randomchat.uploader;

import java.util.Optional;

/** Names a channel: a decimal number of 63 bits. It carries no authority. */
public record ChannelId(String value) {

  public static final String PATTERN = "[1-9][0-9]{0,18}";

  public ChannelId {
    if (value == null || !value.matches(PATTERN)) {
      throw new IllegalArgumentException("not a channel id");
    }
  }

  /** Empty for what cannot be one. */
  public static Optional<ChannelId> parse(String text) {
    return text != null && text.matches(PATTERN)
        ? Optional.of(new ChannelId(text))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }
}
