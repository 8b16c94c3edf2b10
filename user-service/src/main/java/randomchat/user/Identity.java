package randomchat.user;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.NewCookie;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import randomchat.kit.token.Tokens;

/**
 * The cookie {@code sid} that says who a caller is: a signed token, out of reach of scripts, sent
 * to this site only, and only over https where the user came by https.
 */
@Singleton
class Identity {

  static final String COOKIE = "sid";
  static final String AUDIENCE = "randomchat:user";

  private final Tokens tokens;
  private final Clock clock;

  Identity(Tokens tokens, Clock clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  /** Empty for a value that is missing, forged, expired or a token for something else. */
  Optional<UserId> verify(String cookie) {
    return tokens.verify(cookie, AUDIENCE).flatMap(claims -> UserId.parse(claims.subject()));
  }

  /** For {@code JWT_EXPIRATION_SECONDS}. */
  NewCookie cookieFor(User user, boolean secure) {
    Instant now = clock.instant();
    Instant expiry = tokens.expiry(now);
    String token = tokens.sign(AUDIENCE, user.id().value(), Map.of("name", user.name()), expiry);
    return cookie(token, Duration.between(now, expiry), secure);
  }

  /** Makes a browser forget its cookie. */
  NewCookie noCookie(boolean secure) {
    return cookie("", Duration.ZERO, secure);
  }

  private static NewCookie cookie(String value, Duration maxAge, boolean secure) {
    return new NewCookie.Builder(COOKIE)
        .value(value)
        .path("/")
        .maxAge(Math.toIntExact(maxAge.toSeconds()))
        .httpOnly(true)
        .secure(secure)
        .sameSite(NewCookie.SameSite.LAX)
        .build();
  }
}
