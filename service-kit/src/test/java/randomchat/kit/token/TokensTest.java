package randomchat.kit.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import randomchat.kit.testing.TestTokens;

class TokensTest {

  private static final String SECRET = "a-secret-for-this-test-and-nothing-else";

  private final Tokens tokens =
      new Tokens(
          new DefaultJWTParser(),
          new TokenSettings(
              List.of(SECRET.getBytes(StandardCharsets.UTF_8)), Duration.ofSeconds(60)));

  @Test
  void aGoodToken_saysWhoseItIs() {
    String token = TestTokens.sign(SECRET, claims("4102444800"));
    assertEquals("7", tokens.verify(token, "some").orElseThrow().subject());
    assertTrue(tokens.verify(token, "another").isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "1795511981e9997", "-1e400", "1e20", "\"soon\"", "{}", "null"})
  void anExpiryThatIsNone_makesATokenThatIsNone(String exp) {
    assertTrue(tokens.verify(TestTokens.sign(SECRET, claims(exp)), "some").isEmpty());
  }

  private static String claims(String exp) {
    return "{\"sub\":\"7\",\"aud\":\"some\",\"iat\":1,\"exp\":%s}".formatted(exp);
  }
}
