package randomchat.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import randomchat.e2e.client.Http;
import randomchat.e2e.client.Http.Answer;
import randomchat.e2e.gateway.Gateway;
import randomchat.e2e.gateway.Raw;
import randomchat.e2e.gateway.Upstream;
import randomchat.e2e.system.RandomChat;
import randomchat.kit.testing.RedisServer;

/** A gateway in front of nobody, of somebody who repeats what arrives, or with limits. */
@WholeSystem
final class GatewayAloneIT {

  private static final String SECRET = "a-token-that-nobody-may-read-in-a-log";

  private final RandomChat system;

  GatewayAloneIT(RandomChat system) {
    this.system = system;
  }

  @Test
  void a_burst_of_new_users_from_one_address_is_slowed_down_whatever_it_says_it_is() {
    try (Gateway gateway = new Gateway(Gateway.upstreams(system))) {
      Http visitor = new Http(gateway.origin());
      List<Answer> answers =
          IntStream.range(0, 40).mapToObj(i -> newUser(visitor, "192.0.2." + i)).toList();

      assertTrue(count(answers, 201) >= 20, "a family behind one address gets in");
      assertTrue(count(answers, 429) >= 10);
      assertEquals(40, count(answers, 201) + count(answers, 429));
      Answer refused = answers.stream().filter(a -> a.status() == 429).findFirst().orElseThrow();
      assertProblem(429, refused);
      assertTrue(Integer.parseInt(refused.header("Retry-After")) > 0);
      visitor.get("/api/user/me").expect(200);
      visitor.get("/").expect(200);
    }
  }

  private static Answer newUser(Http visitor, String madeUp) {
    return visitor.post("/api/user", "{\"name\":\"Ann\"}", "X-Forwarded-For", madeUp);
  }

  @Test
  void a_flood_of_requests_or_upgrades_from_one_address_is_slowed_down() {
    try (Upstream echo = new Upstream();
        Gateway gateway = new Gateway(Gateway.onlyUpstream(echo.port()))) {
      Http visitor = new Http(gateway.origin());
      Raw raw = new Raw(gateway.port());
      String[] upgrade = {"Connection: Upgrade", "Upgrade: websocket"};
      assertTrue(
          IntStream.range(0, 400).anyMatch(i -> raw.ask("GET /api/chat", upgrade).status() == 429));
      assertTrue(
          IntStream.range(0, 3_000).anyMatch(i -> visitor.get("/api/chat/users").status() == 429));
    }
  }

  @Test
  void a_request_has_one_id_of_ours_in_the_log_the_service_and_the_answer() {
    try (Upstream echo = new Upstream();
        Gateway gateway = new Gateway(Gateway.onlyUpstream(echo.port()))) {
      String trace = RandomChat.randomHex().substring(32);
      String parent = "00-" + trace + "-00f067aa0ba902b7-01";
      Answer answer =
          new Http(gateway.origin())
              .get("/api/chat/users", "X-Request-Id", "made-up-by-a-caller", "traceparent", parent)
              .expect(200);
      String id = answer.header("X-Request-Id");
      assertTrue(id.matches("[0-9a-f]{32}"), id);
      assertTrue(answer.text().contains("\nX-Request-Id: " + id + "\n"), answer.text());
      assertFalse(answer.text().contains("made-up-by-a-caller"), answer.text());
      assertTrue(answer.text().contains("\ntraceparent: " + parent + "\n"), answer.text());
      assertEquals(trace, gateway.accessLog().line(id).get("trace").asText());
    }
  }

  private static long count(List<Answer> answers, int status) {
    return answers.stream().filter(answer -> answer.status() == status).count();
  }

  @Test
  void a_service_that_is_down_is_503_with_a_time_to_come_back_and_pages_go_on() {
    try (Gateway gateway = new Gateway(Gateway.onlyUpstream(RedisServer.freePort()))) {
      Raw raw = new Raw(gateway.port());
      for (String path :
          List.of(
              "/api/user/me",
              "/api/match",
              "/api/chat",
              "/api/chat/users",
              "/api/channel/messages",
              "/api/uploader/upload/presigned?ext=.png",
              "/files/1/x.png",
              "/myfilebucket/1/x.png")) {
        assertUnavailable(raw.ask("GET " + path));
        assertUnavailable(raw.ask("GET " + path, "Connection: Upgrade", "Upgrade: websocket"));
      }
      assertUnavailable(raw.put("POST /api/user", 10));
      assertUnavailable(raw.put("POST /api/uploader/upload/files", 20 << 20));
      raw.ask("GET /").expect(200);
      raw.ask("GET /chat.html").expect(200);
    }
  }

  private static void assertUnavailable(Answer answer) {
    assertProblem(503, answer);
    assertTrue(Integer.parseInt(answer.header("Retry-After")) > 0);
  }

  private static void assertProblem(int status, Answer answer) {
    answer.expect(status);
    assertEquals("application/problem+json", answer.header("Content-Type"));
    assertEquals(status, answer.json().get("status").asInt());
    assertFalse(answer.json().get("msg").asText().isBlank());
  }

  @Test
  void a_service_is_told_who_asked_by_the_gateway_alone() {
    try (Upstream echo = new Upstream();
        Gateway gateway = new Gateway(Gateway.onlyUpstream(echo.port()))) {
      String head = echoed(gateway);
      assertSaid(head, "Host: chat.example:8443");
      assertSaid(head, "X-Forwarded-Host: chat.example:8443");
      assertSaid(head, "X-Forwarded-Proto: http");
      assertSaid(head, "X-Forwarded-Port: 8443");
      assertSaid(head, "X-Forwarded-For: 127.0.0.1");
      for (String word : List.of("evil", "192.0.2.1", "https", "Forwarded:", "X-Real-IP")) {
        assertFalse(head.contains(word), head);
      }
    }
  }

  @Test
  void a_trusted_proxy_is_believed() {
    try (Upstream echo = new Upstream();
        Gateway gateway = trusting(echo, "127.0.0.1/32")) {
      String head = echoed(gateway);
      assertSaid(head, "Host: evil.example");
      assertSaid(head, "X-Forwarded-Proto: https");
      assertSaid(head, "X-Forwarded-For: 192.0.2.1");
      assertFalse(head.contains("X-Real-IP"), head);
    }
    try (Upstream echo = new Upstream();
        Gateway gateway = trusting(echo, "10.0.0.0/8")) {
      assertSaid(echoed(gateway), "X-Forwarded-Proto: http");
    }
  }

  private static Gateway trusting(Upstream upstream, String proxies) {
    Map<String, String> variables = new HashMap<>(Gateway.onlyUpstream(upstream.port()));
    variables.put("TRUSTED_PROXIES", proxies);
    return new Gateway(variables);
  }

  private static String echoed(Gateway gateway) {
    return new Raw(gateway.port())
        .ask(
            "GET /api/user/me",
            "Host: chat.example:8443",
            "X-Forwarded-Proto: https",
            "X-Forwarded-Host: evil.example",
            "X-Forwarded-Port: 443",
            "X-Forwarded-For: 192.0.2.1",
            "X-Real-IP: 192.0.2.1",
            "Forwarded: for=192.0.2.1;host=evil.example")
        .expect(200)
        .text();
  }

  private static void assertSaid(String head, String line) {
    assertTrue(head.lines().anyMatch(line::equals), head);
  }

  @Test
  void no_log_of_the_gateway_holds_a_query_or_a_token() {
    Gateway nobody = new Gateway(Gateway.onlyUpstream(RedisServer.freePort()));
    Gateway limited = new Gateway(Gateway.upstreams(system));
    try (nobody;
        limited) {
      for (int port : List.of(system.port(), nobody.port(), limited.port())) {
        askWithTokens(new Raw(port));
      }
    }

    assertSilent(nobody.logs());
    assertSilent(limited.logs());
    assertSilent(system.runDir().resolve("logs"));
    assertEquals(List.of(), requestErrors(nobody.logs().resolve("error.log")));
    assertEquals(List.of(), requestErrors(system.log("gateway-error")));
    List<String> lines = nobody.accessLog().lines();
    assertTrue(lines.size() >= 7);
    lines.forEach(line -> assertTrue(RandomChat.json(line).get("status").asInt() >= 400, line));
    lines.forEach(line -> assertFalse(RandomChat.json(line).get("path").asText().contains("?")));
  }

  private void askWithTokens(Raw raw) {
    String query = "?access_token=" + SECRET;
    String bearer = "Authorization: Bearer " + SECRET;
    String[] upgrade = {
      "Connection: Upgrade",
      "Upgrade: websocket",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
      "Sec-WebSocket-Protocol: randomchat, bearer." + SECRET,
      "Cookie: sid=" + SECRET,
      "Referer: http://localhost/chat.html" + query
    };
    raw.ask("GET /api/chat" + query, upgrade);
    raw.ask("POST /api/chat" + query, "Content-Length: 0");
    raw.ask("GET /api/chat/users" + query, bearer);
    raw.ask("GET /api/none" + query, bearer);
    raw.ask("GET /api/user/me" + query + "a".repeat(9_000), bearer);
    raw.ask("GET /api/../../" + query, bearer);
    raw.ask("GET /files/1/" + SECRET + ".png" + query);
    raw.ask("GET /myfilebucket/1/" + SECRET + ".png?X-Amz-Signature=" + SECRET);
    raw.put("POST /api/user" + query, 70 << 10, bearer);
  }

  private static List<String> requestErrors(Path errorLog) {
    return read(errorLog)
        .lines()
        .filter(line -> line.contains("request:") || line.contains("client:"))
        .toList();
  }

  private static void assertSilent(Path logs) {
    try (Stream<Path> files = Files.walk(logs)) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      assertTrue(all.size() >= 2, "there are logs");
      for (Path file : all) {
        assertFalse(read(file).contains(SECRET), "a token is in " + file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
