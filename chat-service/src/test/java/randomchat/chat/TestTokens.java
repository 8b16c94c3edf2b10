package randomchat.chat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs tokens by hand, good ones and others. */
final class TestTokens {

  static final String SECRET = "an-unsafe-secret-for-tests-and-only-for-them";
  static final String PREVIOUS_SECRET = "the-secret-of-yesterday-which-still-verifies";
  static final String HS256 = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";

  private TestTokens() {}

  static String channel(String user, String peer, String channel, Instant expiresAt) {
    return sign(SECRET, HS256, claims("randomchat:channel", user, peer, channel, expiresAt));
  }

  static String claims(
      String audience, String user, String peer, String channel, Instant expiresAt) {
    return "{\"aud\":\"%s\",\"sub\":\"%s\",\"peer\":\"%s\",\"channel_id\":\"%s\",\"iat\":%d,\"exp\":%d}"
        .formatted(
            audience,
            user,
            peer,
            channel,
            Instant.now().getEpochSecond(),
            expiresAt.getEpochSecond());
  }

  static String sign(String secret, String header, String claims) {
    try {
      String text =
          base64(header.getBytes(StandardCharsets.UTF_8))
              + "."
              + base64(claims.getBytes(StandardCharsets.UTF_8));
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return text + "." + base64(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
