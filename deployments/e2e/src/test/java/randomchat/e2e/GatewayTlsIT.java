package randomchat.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import randomchat.e2e.client.Http;
import randomchat.e2e.client.Http.Answer;
import randomchat.e2e.gateway.Certificate;
import randomchat.e2e.gateway.Gateway;
import randomchat.e2e.gateway.Raw;
import randomchat.e2e.gateway.Upstream;
import randomchat.kit.testing.RedisServer;

/** A gateway where TLS ends. */
final class GatewayTlsIT {

  private final int tlsPort = RedisServer.freePort();
  private final String origin = "https://localhost:" + tlsPort;

  @TempDir Path folder;

  @Test
  void services_hear_of_https_and_browsers_are_told_to_stay_with_it() {
    Certificate certificate = new Certificate(folder);
    try (Upstream echo = new Upstream();
        Gateway gateway = gateway(echo)) {
      Http visitor = new Http(origin, certificate.trust());
      Answer answer = visitor.get("/api/user/me", "X-Forwarded-Proto", "http").expect(200);
      for (String line :
          new String[] {
            "Host: localhost:" + tlsPort,
            "X-Forwarded-Proto: https",
            "X-Forwarded-Port: " + tlsPort,
            "X-Forwarded-For: 127.0.0.1"
          }) {
        assertTrue(answer.text().lines().anyMatch(line::equals), answer.text());
      }
      assertTrue(answer.header("Strict-Transport-Security").contains("max-age="));
      visitor.get("/chat.html").expect(200);
    }
  }

  @Test
  void what_comes_without_tls_is_sent_there_with_path_and_query() {
    new Certificate(folder);
    try (Upstream echo = new Upstream();
        Gateway gateway = gateway(echo)) {
      Raw raw = new Raw(gateway.port());
      String[] upgrade = {"Connection: Upgrade", "Upgrade: websocket"};
      for (String path : new String[] {"/", "/chat.html?c=1", "/api/user/me", "/files/a%20b.png"}) {
        assertEquals(origin + path, raw.ask("GET " + path, upgrade).expect(308).header("Location"));
      }
      assertEquals(0, echo.asked());
    }
  }

  @Test
  void a_challenge_is_answered_without_tls_before_there_is_a_certificate_and_after()
      throws IOException {
    Files.writeString(folder.resolve("a-token"), "a-token.thumbprint");
    String challenge = "GET /.well-known/acme-challenge/a-token";
    try (Upstream echo = new Upstream()) {
      try (Gateway gateway = gateway(echo)) {
        Raw raw = new Raw(gateway.port());
        assertEquals("a-token.thumbprint", raw.ask(challenge).expect(200).text());
        raw.ask("GET /api/user/me").expect(308);
      }
      Certificate certificate = new Certificate(folder);
      try (Gateway gateway = gateway(echo)) {
        Raw raw = new Raw(gateway.port());
        assertEquals("a-token.thumbprint", raw.ask(challenge).expect(200).text());
        raw.ask("GET /.well-known/acme-challenge/another").expect(404);
        new Http(origin, certificate.trust()).get("/").expect(200);
      }
    }
  }

  private Gateway gateway(Upstream upstream) {
    Map<String, String> variables = new HashMap<>(Gateway.onlyUpstream(upstream.port()));
    variables.put("GATEWAY_TLS_CERTIFICATE", folder.resolve("cert.pem").toString());
    variables.put("GATEWAY_TLS_KEY", folder.resolve("key.pem").toString());
    variables.put("GATEWAY_TLS_PORT", "" + tlsPort);
    variables.put("GATEWAY_TLS_PUBLIC_PORT", "" + tlsPort);
    variables.put("GATEWAY_ACME_FOLDER", folder.toString());
    return new Gateway(variables);
  }
}
