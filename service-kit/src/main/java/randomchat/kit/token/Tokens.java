package randomchat.kit.token;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.jwt.build.Jwt;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.jwt.JsonWebToken;
import randomchat.kit.config.Settings;

/**
 * Signs and verifies tokens: JWT, HS256. A token is good for its audience only, until its expiry
 * with no leeway, and under the current or the previous secret.
 */
@Singleton
public final class Tokens {

  private static final int LONGEST = 4096; // characters; ours have some 300

  private final JWTParser parser;
  private final TokenSettings settings;
  private final SecretKey signing;

  Tokens(JWTParser parser, TokenSettings settings) {
    this.parser = parser;
    this.settings = settings;
    this.signing = key(settings.secrets().getFirst());
  }

  public String sign(
      String audience, String subject, Map<String, String> texts, Instant expiresAt) {
    var claims =
        Jwt.claims()
            .subject(subject)
            .audience(audience)
            .expiresAt(expiresAt)
            .issuedAt(Instant.now());
    texts.forEach(claims::claim);
    return claims.jws().algorithm(SignatureAlgorithm.HS256).sign(signing);
  }

  /** The token of an {@code Authorization: Bearer} header; empty for any other header or none. */
  public static Optional<String> bearer(String header) {
    return Optional.ofNullable(header)
        .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
        .map(value -> value.substring(7).strip());
  }

  /** When a token that is signed now expires. */
  public Instant expiry(Instant now) {
    return now.plus(settings.lifetime());
  }

  /** Empty for whatever is not a good token of that audience. */
  public Optional<Claims> verify(String token, String audience) {
    if (token == null || token.isEmpty() || token.length() > LONGEST) {
      return Optional.empty();
    }
    return settings.secrets().stream()
        .flatMap(secret -> verify(token, audience, secret).stream())
        .findFirst();
  }

  private Optional<Claims> verify(String token, String audience, byte[] secret) {
    JWTAuthContextInfo rules = new JWTAuthContextInfo();
    rules.setSecretVerificationKey(key(secret));
    rules.setSignatureAlgorithm(Set.of(SignatureAlgorithm.HS256));
    rules.setExpectedAudience(Set.of(audience));
    rules.setClockSkew(0);
    try {
      return claims(parser.parse(token, rules));
    } catch (ParseException | DateTimeException notGood) { // or it expires beyond all time
      return Optional.empty();
    }
  }

  private static Optional<Claims> claims(JsonWebToken jwt) {
    if (jwt.getSubject() == null || jwt.getSubject().isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> texts = new HashMap<>();
    for (String name : jwt.getClaimNames()) {
      if (jwt.getClaim(name) instanceof String text) {
        texts.put(name, text);
      }
    }
    return Optional.of(
        new Claims(jwt.getSubject(), Instant.ofEpochSecond(jwt.getExpirationTime()), texts));
  }

  private static SecretKey key(byte[] secret) {
    return new SecretKeySpec(secret, "HmacSHA256");
  }

  static class SettingsProducer {
    @Produces
    @Singleton
    @io.quarkus.runtime.Startup
    TokenSettings settings(Settings settings) {
      return TokenSettings.from(settings);
    }
  }
}
