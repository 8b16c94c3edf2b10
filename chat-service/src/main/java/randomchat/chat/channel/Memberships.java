package randomchat.chat.channel;

import jakarta.inject.Singleton;
import java.util.Optional;
import randomchat.kit.token.Claims;
import randomchat.kit.token.Tokens;

/** Reads channel tokens. */
@Singleton
public final class Memberships {

  private static final String AUDIENCE = "randomchat:channel";

  private final Tokens tokens;

  Memberships(Tokens tokens) {
    this.tokens = tokens;
  }

  /** Empty for whatever is not a good channel token. */
  public Optional<Membership> of(String token) {
    return tokens.verify(token, AUDIENCE).flatMap(Memberships::membership);
  }

  private static Optional<Membership> membership(Claims claims) {
    try {
      return Optional.of(
          new Membership(
              new ChannelId(claims.texts().get("channel_id")),
              new UserId(claims.subject()),
              new UserId(claims.texts().get("peer")),
              claims.expiresAt()));
    } catch (IllegalArgumentException notOfOurs) {
      return Optional.empty();
    }
  }
}
