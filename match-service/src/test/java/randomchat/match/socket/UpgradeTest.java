package randomchat.match.socket;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import randomchat.kit.testing.Await;
import randomchat.kit.testing.Line;

@QuarkusTest
class UpgradeTest extends SocketTest {

  @Test
  void no_valid_identity_is_401() {
    String ann = user();
    Instant now = Instant.now();
    Map<String, String> name = Map.of("name", "Ann");
    assertEquals(401, MatchClient.status(uri("")));
    assertEquals(401, status("", "nonsense"));
    assertEquals(401, status("", sid(ann) + "x"));
    assertEquals(401, status("", tokens.sign("randomchat:user", ann, name, now.minusSeconds(1))));
    assertEquals(
        401, status("", tokens.sign("randomchat:channel", ann, name, now.plusSeconds(60))));
    assertEquals(
        401, status("", tokens.sign("randomchat:user", "no id", name, now.plusSeconds(60))));
    assertEquals(401, MatchClient.status(uri("access_token=" + sid(ann))));
  }

  @Test
  void a_foreign_uid_is_403_and_the_own_is_welcome() {
    String ann = user();
    String bob = user();
    assertEquals(403, status("uid=" + bob, sid(ann)));
    assertEquals(403, status("uid=", sid(ann)));
    assertEquals(101, status("uid=" + ann, sid(ann)));
  }

  @Test
  void a_foreign_origin_is_403_and_the_own_is_welcome() {
    String cookie = "sid=" + sid(user());
    assertEquals(
        403, MatchClient.status(uri(""), "Cookie", cookie, "Origin", "https://evil.example"));
    assertEquals(403, MatchClient.status(uri(""), "Cookie", cookie, "Origin", "null"));
    String own = "http://" + http.getAuthority();
    assertEquals(101, MatchClient.status(uri(""), "Cookie", cookie, "Origin", own));
  }

  @Test
  void what_is_no_upgrade_is_400() {
    String cookie = "Cookie: sid=" + sid(user());
    String[][] broken = {
      {cookie, "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 12"},
      {cookie, "Upgrade: websocket", "Connection: Upgrade"},
      {cookie, "Upgrade: websocket", "Connection: x", "Sec-WebSocket-Version: 13"},
    };
    for (String[] lines : broken) {
      try (Line client = new Line(http)) {
        client.request(http.getPath(), lines);
        assertEquals(400, client.status(), String.join(", ", lines));
      }
    }
  }

  @Test
  void who_goes_before_the_answer_is_not_upgraded() throws IOException {
    List<String> complaints = new CopyOnWriteArrayList<>();
    Handler listener =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            if (line.getLevel().intValue() > Level.WARNING.intValue()) {
              complaints.add(line.getMessage());
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    String sid = sid(user());
    Logger root = LogManager.getLogManager().getLogger("");
    root.addHandler(listener);
    try {
      redis.execute("CLIENT", "PAUSE", "500");
      for (int i = 0; i < 5; i++) {
        try (Line client = new Line(http)) {
          client.requestUpgrade(http.getPath(), "Cookie: sid=" + sid);
        }
      }
      assertEquals(101, status("", sid)); // behind all of them
      Await.until("all places are free", () -> admission.open() == 0);
    } finally {
      root.removeHandler(listener);
    }
    assertEquals(List.of(), complaints);
  }

  @Test
  void a_user_that_does_not_exist_is_404() {
    assertEquals(404, status("", sid("404404")));
  }

  @Test
  void a_bad_query_is_400() {
    String ann = user();
    for (String bad :
        List.of(
            "interests=a,b,c,d,e,f",
            "interests=" + "x".repeat(33),
            "interests=a%00b",
            "interests=" + URLEncoder.encode("a\u202eb", StandardCharsets.UTF_8),
            "interests=" + "a,".repeat(800),
            "lang=not%20a%20language",
            "lang=" + "x".repeat(100))) {
      assertEquals(400, status(bad, sid(ann)), bad);
    }
    assertEquals(101, status("interests=&lang=&waiting=yes", sid(ann)));
    assertEquals(101, status("interests=a,,%20b&lang=pt-BR", sid(ann)));
  }

  @Test
  void over_the_limit_is_503_with_retry_after_and_every_place_comes_back() {
    String ann = user();
    int taken = 0;
    while (admission.enter()) {
      taken++;
    }
    WebSocketHandshakeException refused = MatchClient.refusal(uri(""), "Cookie", "sid=" + sid(ann));
    for (int i = 0; i < taken; i++) {
      admission.leave();
    }
    assertEquals(503, refused.getResponse().statusCode());
    assertTrue(refused.getResponse().headers().firstValue("Retry-After").isPresent());
    assertEquals(101, status("", sid(ann)));
    Await.until("places back", () -> admission.open() == 0);
  }

  @Test
  void without_SWAG_there_is_no_documentation_and_without_an_upgrade_nothing() {
    given().get("/api/match/openapi").then().statusCode(404);
    given().get("/api/match/swagger-ui/").then().statusCode(404);
    given().cookie("sid", sid(user())).get("/api/match").then().statusCode(404);
  }

  private int status(String query, String sid) {
    return MatchClient.status(uri(query), "Cookie", "sid=" + sid);
  }
}
