package randomchat.match.pool;

import java.time.Instant;

/**
 * Two users were paired, as one of them sees it.
 *
 * @param expiresAt when the tokens of both expire
 */
public record Match(ChannelId channel, UserId peer, Instant expiresAt) {

  /** Reads the value of an inbox: channel, peer and expiry in seconds, with blanks between. */
  public static Match parse(String text) {
    String[] words = text.split(" ");
    return new Match(
        new ChannelId(words[0]),
        new UserId(words[1]),
        Instant.ofEpochSecond(Long.parseLong(words[2])));
  }
}
