package randomchat.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import randomchat.e2e.client.Http;
import randomchat.e2e.client.Http.Answer;
import randomchat.e2e.client.Person;
import randomchat.e2e.client.Wire;
import randomchat.e2e.gateway.AccessLog;
import randomchat.e2e.gateway.Raw;
import randomchat.e2e.system.Eventually;
import randomchat.e2e.system.RandomChat;

/** The one door: where it leads, what it lets in, and how it says no. */
@WholeSystem
final class GatewayIT {

  private static final String FORM = "Content-Type: multipart/form-data; boundary=b";
  private static final long MIB = 1 << 20;

  private final RandomChat system;
  private final Raw raw;
  private final Http http;
  private final AccessLog log;

  GatewayIT(RandomChat system) {
    this.system = system;
    raw = new Raw(system.port());
    http = new Http(system.origin());
    log = new AccessLog(system.log("gateway-access"));
  }

  @Test
  void every_route_leads_to_its_service() {
    assertLeads("user", 400, "POST /api/user", "GET /api/user?uid=x 401");
    assertLeads("user", 401, "GET /api/user/me", "DELETE /api/user/me", "GET /api/user/1/name");
    assertLeads("match", 401, "POST /api/match/block");
    assertLeads(
        "chat",
        401,
        "GET /api/chat/users",
        "GET /api/chat/users/online",
        "GET /api/chat/channel/messages",
        "DELETE /api/chat/channel",
        "GET /api/chat/forwardauth",
        "POST /api/chat/forwardauth",
        "GET /api/chanusers",
        "GET /api/chanusers/online",
        "GET /api/channel/messages",
        "DELETE /api/channel");
    assertLeads(
        "uploader",
        401,
        "GET /api/uploader/upload/presigned?ext=.png",
        "GET /api/uploader/download/presigned?okb64=eA");
    assertLeads("uploader", 404, "GET /files/1/no-such-file.png");
    assertLeads("store", 404, "GET /" + system.bucket() + "/1/no-such-file.png");
  }

  private void assertLeads(String kind, int status, String... requests) {
    for (String request : requests) {
      String[] words = request.split(" ");
      int expected = words.length > 2 ? Integer.parseInt(words[2]) : status;
      Answer answer = raw.ask(words[0] + " " + words[1]);
      assertEquals(expected, answer.status(), request);
      String reached = log.lineOf(answer).get("to").asText();
      assertTrue(
          system.partsOf(kind).stream()
              .anyMatch(part -> reached.equals("127.0.0.1:" + part.port())),
          request + " went to " + reached);
    }
  }

  @Test
  void an_upgrade_leads_to_a_socket_only_where_there_is_one() {
    for (String path : List.of("/api/match", "/api/chat")) {
      assertEquals(401, raw.ask("GET " + path, upgrade()).status());
    }
    for (String path : List.of("/api/chat/users", "/api/user/me", "/files/1/x.png")) {
      assertTrue(raw.ask("GET " + path, upgrade()).status() >= 400, path);
    }
    assertEquals(200, raw.ask("GET /", upgrade()).status());
  }

  @Test
  void pages_allow_no_inline_code_and_no_third_party() {
    for (String page : List.of("/", "/chat.html", "/no-such-page")) {
      Answer answer = http.get(page).expect(page.startsWith("/no") ? 404 : 200);
      String policy = answer.header("Content-Security-Policy");
      assertTrue(
          List.of(policy.split("; "))
              .containsAll(
                  List.of(
                      "default-src 'self'",
                      "connect-src 'self'",
                      "form-action 'self'",
                      "object-src 'none'",
                      "base-uri 'none'",
                      "frame-ancestors 'none'")),
          policy);
      for (String word : List.of("unsafe", "*", "http", "script-src", "style-src")) {
        assertFalse(policy.contains(word), policy);
      }
      assertSecured(answer);
      assertEquals("same-origin", answer.header("Cross-Origin-Opener-Policy"));
      assertTrue(answer.header("Permissions-Policy").contains("camera=()"));
      assertTrue(answer.header("Content-Type").startsWith("text/html"));
    }
  }

  @Test
  void answers_of_services_and_of_the_store_are_secured_too() {
    Answer refused = http.get("/api/user/me").expect(401);
    assertSecured(refused);
    assertEquals("no-store", refused.header("Cache-Control"));
    assertTrue(refused.header("Content-Security-Policy").startsWith("default-src 'self'"));

    Answer object = http.get("/" + system.bucket() + "/1/none.png").expect(404);
    assertSecured(object);
    assertTrue(object.header("Content-Security-Policy").startsWith("sandbox; default-src 'none'"));
  }

  private static void assertSecured(Answer answer) {
    assertEquals(List.of("nosniff"), answer.headers().allValues("X-Content-Type-Options"));
    assertEquals(List.of("no-referrer"), answer.headers().allValues("Referrer-Policy"));
    assertEquals(1, answer.headers().allValues("Content-Security-Policy").size());
    assertEquals("same-origin", answer.header("Cross-Origin-Resource-Policy"));
    assertEquals("nginx", answer.header("Server"), "without a version");
  }

  @Test
  void a_static_file_is_compressed_and_not_sent_again() {
    Answer plain = http.get("/js/chat.js").expect(200);
    Answer packed = http.get("/js/chat.js", "Accept-Encoding", "gzip").expect(200);
    assertEquals("", plain.header("Content-Encoding"));
    assertEquals("gzip", packed.header("Content-Encoding"));
    assertEquals("Accept-Encoding", packed.header("Vary"));
    assertTrue(packed.bytes().length < plain.bytes().length);
    assertTrue(packed.header("Content-Type").startsWith("text/javascript"));

    for (Answer first : List.of(plain, packed)) {
      assertEquals("no-cache", first.header("Cache-Control"));
      Answer again = http.get("/js/chat.js", "If-None-Match", first.header("ETag")).expect(304);
      assertArrayEquals(new byte[0], again.bytes());
    }
    http.get("/js/chat.js", "If-None-Match", "\"another\"").expect(200);
  }

  @Test
  void what_the_gateway_refuses_itself_is_a_problem_with_a_msg() {
    assertProblem(404, raw.ask("GET /api/no-such-thing"));
    assertProblem(404, raw.ask("POST /api/"));
    assertProblem(414, raw.ask("GET /" + "a".repeat(9_000)));
    assertProblem(431, raw.ask("GET /api/user/me", "X-Long: " + "a".repeat(9_000)));
    assertProblem(400, raw.ask("GET /api/user/me", "Host: a b"));

    assertAllows("GET, HEAD", raw.ask("DELETE /index.html"));
    assertAllows("GET, HEAD", raw.ask("POST /", "Content-Length: 0"));
    assertAllows("GET", raw.ask("POST /api/chat", "Content-Length: 0"));
    assertAllows("GET", raw.ask("DELETE /api/match"));
    assertAllows("GET, HEAD, PUT", raw.ask("DELETE /" + system.bucket() + "/1/x.png"));
    assertAllows("POST", raw.ask("PUT /" + system.bucket() + "/", "Content-Length: 0"));
  }

  private static void assertAllows(String methods, Answer answer) {
    assertProblem(405, answer);
    assertEquals(methods, answer.header("Allow"));
  }

  private static void assertProblem(int status, Answer answer) {
    answer.expect(status);
    assertEquals("application/problem+json", answer.header("Content-Type"));
    assertEquals(status, answer.json().get("status").asInt());
    assertFalse(answer.json().get("title").asText().isBlank());
    assertFalse(answer.json().get("msg").asText().isBlank());
    assertEquals(answer.json().get("detail"), answer.json().get("msg"));
    assertEquals("no-store", answer.header("Cache-Control"));
    assertSecured(answer);
  }

  @Test
  void a_body_that_is_too_large_is_refused_with_413() {
    for (String path : List.of("/api/uploader/upload/files", "/api/file")) {
      assertProblem(413, raw.put("POST " + path, 65 * MIB, FORM));
    }
    assertProblem(413, raw.put("POST /api/user", (64 << 10) + 1, "Content-Type: application/json"));
    assertProblem(413, raw.putChunked("POST /api/user", 80 << 10));
    assertProblem(413, raw.put("PUT /" + system.bucket() + "/1/x.png", 65 * MIB));
    assertEquals(400, raw.put("POST /api/user", 1 << 10).status()); // zeros, which are no JSON
  }

  @Test
  void a_member_who_sends_too_much_without_saying_how_much_gets_413() {
    try (Person.Pair pair = Person.pair(system.origin());
        Wire inside = pair.one().enter(null)) {
      assertTrue(inside.isOpen());
      String token = "Authorization: Bearer " + pair.one().token();
      Answer answer = raw.putChunked("POST /api/uploader/upload/files", 66 * MIB, FORM, token);
      answer.expect(413);
      assertFalse(answer.json().get("msg").asText().isBlank());
    }
  }

  @Test
  void the_reason_why_a_large_upload_is_refused_early_arrives() {
    Person.Pair pair = Person.pair(system.origin());
    pair.one().enter(null);
    String token = "Authorization: Bearer " + pair.one().token();
    String foreign = "Origin: https://evil.example";
    for (String path : List.of("/api/uploader/upload/files", "/api/file")) {
      String post = "POST " + path;
      assertRefused(401, raw.put(post, 40 * MIB, FORM));
      assertRefused(401, raw.putChunked(post, 40 * MIB, FORM, token + "x"));
      assertRefused(415, raw.put(post, 40 * MIB, "Content-Type: text/plain", token));
      assertRefused(403, raw.put(post, 40 * MIB, FORM, token, foreign));
    }
    pair.close();
    assertRefused(404, raw.put("POST /api/uploader/upload/files", 40 * MIB, FORM, token));
  }

  private static void assertRefused(int status, Answer answer) {
    answer.expect(status);
    assertFalse(answer.json().get("msg").asText().isBlank());
  }

  @Test
  void a_foreign_page_may_neither_post_nor_open_a_socket() {
    String own = "http://localhost:" + system.port();
    String name = "{\"name\":\"Ann\"}";
    http.post("/api/user", name, "Origin", own).expect(201);
    for (String origin :
        List.of(
            "https://evil.example",
            "null",
            "https://localhost:" + system.port(),
            "http://localhost",
            own + ".evil.example")) {
      assertRefused(403, http.post("/api/user", name, "Origin", origin));
      assertEquals(403, raw.ask("GET /api/match", upgrade("Origin: " + origin)).status(), origin);
      assertEquals(403, raw.ask("GET /api/chat", upgrade("Origin: " + origin)).status(), origin);
    }
    assertEquals(401, raw.ask("GET /api/match", upgrade("Origin: " + own)).status());
  }

  @Test
  void what_a_stranger_says_was_forwarded_is_not_believed() {
    String[] told = {
      "X-Forwarded-Proto", "https",
      "X-Forwarded-Host", "evil.example",
      "X-Forwarded-Port", "443",
      "X-Forwarded-For", "192.0.2.1",
      "X-Forwarded-Ssl", "on",
      "Forwarded", "for=192.0.2.1;host=evil.example;proto=https"
    };
    Answer user = http.post("/api/user", "{\"name\":\"Ann\"}", told).expect(201);
    assertFalse(user.header("Set-Cookie").contains("Secure"), user.header("Set-Cookie"));
    assertTrue(user.header("Set-Cookie").contains("HttpOnly"));
    assertEquals("127.0.0.1", log.lineOf(user).get("from").asText());

    List<String> foreign = new ArrayList<>(List.of(told));
    foreign.addAll(List.of("Origin", "https://evil.example"));
    http.post("/api/user", "{\"name\":\"Ann\"}", foreign.toArray(String[]::new)).expect(403);
  }

  @Test
  void an_upgrade_that_a_full_replica_refuses_is_served_by_the_other() {
    List<Wire> wires = new ArrayList<>();
    String full = system.part("chat-1").origin();
    try (Person.Pair crowd = Person.pair(system.origin());
        Person.Pair pair = Person.pair(system.origin())) {
      fill(crowd, full, wires);
      assertEquals(503, refusal(pair.one(), full).status());

      List<String> traces = Stream.generate(GatewayIT::newTrace).limit(4).toList();
      List<Wire> served =
          traces.stream().map(trace -> enter(pair.one(), system.origin(), trace)).toList();
      wires.addAll(served);
      pair.other().enter(null).text("all of them hear this", null);
      for (Wire wire : served) {
        assertEquals("all of them hear this", wire.next(0).get("payload").asText());
      }
      served.forEach(Wire::close);
      String first = "127.0.0.1:" + system.part("chat-1").port() + ", ";
      assertTrue(
          traces.stream()
              .map(log::line)
              .anyMatch(
                  line ->
                      line.get("to").asText().startsWith(first)
                          && line.get("to_status").asText().equals("503, 101")),
          "nobody came by the full one");
    } finally {
      wires.forEach(Wire::cut);
    }
  }

  @Test
  void when_all_replicas_are_full_the_refusal_says_when_to_come_back() {
    List<Wire> wires = new ArrayList<>();
    try (Person.Pair crowd = Person.pair(system.origin());
        Person.Pair others = Person.pair(system.origin());
        Person.Pair late = Person.pair(system.origin())) {
      fill(crowd, system.part("chat-1").origin(), wires);
      fill(others, system.part("chat-2").origin(), wires);

      Answer refused = refusal(late.one(), system.origin()).expect(503);
      assertTrue(Integer.parseInt(refused.header("Retry-After")) > 0);
      late.one().history(); // REST never is
    } finally {
      wires.forEach(Wire::cut);
    }
  }

  /** Takes all places of a replica: each of two members may hold eight connections. */
  private static void fill(Person.Pair pair, String replica, List<Wire> wires) {
    Stream.of(pair.one(), pair.other())
        .forEach(
            member -> {
              for (int i = 0; i < RandomChat.MAX_ALLOWED_CONNS / 2; i++) {
                Eventually.is("there is room", () -> tryEnter(member, replica, wires));
              }
            });
  }

  /** Those who left a moment ago may still be counted. */
  private static boolean tryEnter(Person person, String replica, List<Wire> wires) {
    try {
      return wires.add(enter(person, replica, newTrace()));
    } catch (CompletionException refused) {
      return false;
    }
  }

  private static Wire enter(Person person, String origin, String trace) {
    String parent = "00-" + trace + "-00f067aa0ba902b7-00";
    return person.http().at(origin).open("/api/chat", tokenOf(person), "traceparent", parent);
  }

  private static String newTrace() {
    return RandomChat.randomHex().substring(32);
  }

  private static Answer refusal(Person person, String origin) {
    return person.http().at(origin).refusal("/api/chat", tokenOf(person));
  }

  private static List<String> tokenOf(Person person) {
    return List.of("randomchat", "bearer." + person.token());
  }

  private static String[] upgrade(String... more) {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
    lines.addAll(List.of(more));
    return lines.toArray(String[]::new);
  }
}
