package randomchat.kit.token;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import randomchat.kit.config.InvalidSetting;
import randomchat.kit.config.Settings;

/**
 * How tokens are signed.
 *
 * @param secrets the first signs, all verify; each of at least 32 bytes
 * @param lifetime from signing to expiry
 */
public record TokenSettings(List<byte[]> secrets, Duration lifetime) {

  private static final int LEAST_BYTES = 32; // of HS256: RFC 7518, 3.2

  public static TokenSettings from(Settings settings) {
    String secret =
        settings
            .text("JWT_SECRET")
            .orElseThrow(
                () ->
                    new InvalidSetting(
                        "JWT_SECRET must be set, to at least 32 random bytes, the same for every"
                            + " service"));
    Stream<byte[]> secrets =
        Stream.concat(
            Stream.of(checked("JWT_SECRET", secret)),
            settings.text("JWT_SECRET_PREVIOUS").stream()
                .map(previous -> checked("JWT_SECRET_PREVIOUS", previous)));
    long seconds = settings.number("JWT_EXPIRATION_SECONDS", 86_400, 60, 31_536_000);
    return new TokenSettings(secrets.toList(), Duration.ofSeconds(seconds));
  }

  private static byte[] checked(String variable, String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    if (bytes.length < LEAST_BYTES) {
      throw new InvalidSetting(
          "%s must have at least %d bytes, but has %d"
              .formatted(variable, LEAST_BYTES, bytes.length));
    }
    return bytes;
  }
}
