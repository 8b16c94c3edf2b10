package randomchat.chat;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import randomchat.kit.socket.Admission;
import randomchat.kit.testing.Await;
import randomchat.kit.testing.Line;
import randomchat.kit.testing.RedisResource;

/** Who may open a socket: all that is refused is refused before the 101. */
@QuarkusTest
@WithTestResource(value = RedisResource.class, scope = TestResourceScope.GLOBAL)
class UpgradeTest {

  @TestHTTPResource("/")
  URI http;

  @Inject Admission admission;

  private Room room;

  @BeforeEach
  void newRoom() {
    Await.until("all places are free", () -> admission.open() == 0);
    room = new Room(http);
  }

  private int upgrade(String query, String... headers) {
    try (Line client = new Line(http)) {
      return client.upgrade("/api/chat" + query, headers);
    }
  }

  private String bearer(String token) {
    return "Authorization: Bearer " + token;
  }

  private String claims(String audience, Instant expiresAt) {
    return TestTokens.claims(audience, room.ann, room.bob, room.id, expiresAt);
  }

  @Test
  void aToken_isTakenFromSubprotocolQueryOrHeader() {
    String token = room.token(room.ann);
    assertEquals(101, upgrade("?access_token=" + token));
    assertEquals(101, upgrade("?uid=" + room.ann + "&access_token=" + token));
    assertEquals(101, upgrade("", bearer(token)));
    assertEquals(101, upgrade("", "Sec-WebSocket-Protocol: randomchat, bearer." + token));
    try (Line client = new Line(http)) {
      client.upgrade("/api/chat", "Sec-WebSocket-Protocol: randomchat, bearer." + token);
      assertEquals("randomchat", client.header("sec-websocket-protocol"));
    }
  }

  @Test
  void withoutAGoodChannelToken_401() {
    Instant later = Instant.now().plusSeconds(600);
    String good = claims("randomchat:channel", later);
    assertEquals(401, upgrade(""));
    assertEquals(401, upgrade("?access_token="));
    assertEquals(401, upgrade("?access_token=garbage"));
    assertEquals(401, upgrade("", bearer(room.token(room.ann, Instant.now().minusSeconds(1)))));
    for (String token :
        List.of(
            TestTokens.sign(TestTokens.SECRET, TestTokens.HS256, claims("randomchat:user", later)),
            TestTokens.sign("another-secret-of-at-least-32-bytes", TestTokens.HS256, good),
            TestTokens.sign(TestTokens.SECRET, "{\"alg\":\"none\"}", good).replaceAll("[^.]*$", ""),
            TestTokens.sign(TestTokens.SECRET, "{\"alg\":\"HS512\"}", good),
            TestTokens.channel(room.ann, room.ann, room.id, later),
            TestTokens.channel(room.ann, "x", room.id, later),
            TestTokens.channel(room.ann, room.bob, "9}:x", later),
            TestTokens.channel("", room.bob, room.id, later),
            TestTokens.channel(room.ann, room.bob, "12345678901234567890", later),
            room.token(room.ann) + "x",
            "x".repeat(5_000))) {
      assertEquals(401, upgrade("", bearer(token)), token);
    }
  }

  @Test
  void theSecretOfYesterday_stillVerifies() {
    String claims = claims("randomchat:channel", Instant.now().plusSeconds(600));
    String token = TestTokens.sign(TestTokens.PREVIOUS_SECRET, TestTokens.HS256, claims);
    assertEquals(101, upgrade("", bearer(token)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "-1",
        "01",
        "1.",
        ".5",
        "1.x",
        "1.2.3",
        "1e3",
        "9999999999999999",
        "1%20",
        "1.1234567890123456",
        "%00"
      })
  void aBadSince_400(String since) {
    assertEquals(400, upgrade("?since=" + since, bearer(room.token(room.ann))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"?since=%zz", "?%", "?access_token=%e", "?uid=%"})
  void aQueryThatIsNone_400(String query) {
    assertEquals(400, upgrade(query, bearer(room.token(room.ann))));
  }

  @ParameterizedTest
  @CsvSource({"?since=1, 400", "since, 404"})
  void aTargetThatIsNoPath_isRefusedAsAProblem(String target, int status) {
    try (Line client = new Line(http)) {
      assertEquals(status, client.upgrade(target));
      assertEquals("application/problem+json", client.header("content-type"));
    }
  }

  @Test
  void aForeignUid_403() {
    for (String uid : List.of(room.bob, "", "undefined")) {
      assertEquals(403, upgrade("?uid=" + uid, bearer(room.token(room.ann))));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:PORT, , , 101",
    "http://localhost, , , 403",
    "http://localhost:1, , , 403",
    "https://localhost:PORT, , , 403",
    "http://evil.example:PORT, , , 403",
    "http://localhost.evil.example:PORT, , , 403",
    "null, , , 403",
    "https://friend.example, , , 101",
    "https://friend.example:443, , , 101",
    "http://friend.example, , , 403",
    "https://chat.example, https, chat.example, 101",
    "https://chat.example:8443, https, chat.example:8443, 101",
    "https://chat.example, https, chat.example:8443, 403",
    "http://chat.example, https, chat.example, 403",
    "https://chat.example, http, chat.example, 403",
  })
  void anOrigin_mustBeWhereTheRequestWasSentTo_orAllowed(
      String origin, String proto, String host, int status) {
    List<String> headers = new ArrayList<>();
    headers.add(bearer(room.token(room.ann)));
    headers.add("Origin: " + origin.replace("PORT", String.valueOf(http.getPort())));
    if (proto != null) {
      headers.add("X-Forwarded-Proto: " + proto);
      headers.add("X-Forwarded-Host: " + host);
    }
    assertEquals(status, upgrade("", headers.toArray(String[]::new)));
  }

  @Test
  void aChannelThatEnded_404() {
    given()
        .header("Authorization", "Bearer " + room.token(room.bob))
        .delete("/api/chat/channel")
        .then()
        .statusCode(204);
    assertEquals(404, upgrade("", bearer(room.token(room.ann))));
    assertEquals(0, admission.open());
  }

  @Test
  void withoutAPlace_503_andRestIsAnsweredStill() {
    int taken = 0;
    while (admission.enter()) {
      taken++;
    }
    try (Line client = new Line(http)) {
      assertEquals(503, client.upgrade("/api/chat", bearer(room.token(room.ann))));
      assertTrue(Integer.parseInt(client.header("retry-after")) > 0);
      given()
          .header("Authorization", "Bearer " + room.token(room.ann))
          .get("/api/chat/users")
          .then()
          .statusCode(200);
    } finally {
      for (; taken > 0; taken--) {
        admission.leave();
      }
    }
    assertEquals(101, upgrade("", bearer(room.token(room.ann))));
  }

  @Test
  void aRefusal_takesNoPlace_andTheConnectionMayTryAgain() {
    try (Line client = new Line(http)) {
      for (int i = 0; i < 3; i++) {
        assertEquals(401, client.upgrade("/api/chat"));
        assertEquals(400, client.upgrade("/api/chat?since=x", bearer(room.token(room.ann))));
      }
      assertEquals(0, admission.open());
      assertEquals(101, client.upgrade("/api/chat", bearer(room.token(room.ann))));
      assertEquals(1, admission.open());
    }
  }

  @Test
  void whatIsNoUpgrade_takesNoPlace() {
    String[][] broken = {
      {"Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 12"},
      {"Upgrade: websocket", "Connection: Upgrade"},
      {"Upgrade: websocket", "Connection: keep-alive", "Sec-WebSocket-Version: 13"},
      {"Upgrade: h2c", "Connection: Upgrade", "Sec-WebSocket-Version: 13"},
      {"Connection: Upgrade", "Sec-WebSocket-Version: 13"},
    };
    try (Line client = new Line(http)) {
      for (String[] lines : broken) {
        client.request("/api/chat?access_token=" + room.token(room.ann), lines);
        assertEquals(400, client.status(), String.join(", ", lines));
        assertEquals(0, admission.open());
      }
    }
  }

  @Test
  void whoGoesBeforeTheAnswer_givesItsPlaceBack() {
    for (int i = 0; i < 60; i++) {
      try (Line client = new Line(http)) {
        client.requestUpgrade("/api/chat", bearer(room.token(i % 2 == 0 ? room.ann : room.bob)));
      }
    }
    Await.until("all places are free", () -> admission.open() == 0);
  }
}
