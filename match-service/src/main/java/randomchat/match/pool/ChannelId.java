package randomchat.match.pool;

import java.security.SecureRandom;

/** A channel's id: decimal, 63 bits, not to be guessed. It carries no authority. */
public record ChannelId(String text) {

  private static final SecureRandom RANDOM = new SecureRandom();

  public ChannelId {
    Ids.decimal(text);
  }

  /** One that nobody has. */
  public static ChannelId random() {
    return new ChannelId(String.valueOf(RANDOM.nextLong(1, Long.MAX_VALUE)));
  }
}
