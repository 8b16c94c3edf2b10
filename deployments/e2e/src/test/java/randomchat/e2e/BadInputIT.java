package randomchat.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import randomchat.e2e.browser.Browsers;
import randomchat.e2e.client.Http;
import randomchat.e2e.client.Http.Answer;
import randomchat.e2e.client.Person;
import randomchat.e2e.client.Wire;
import randomchat.e2e.system.RandomChat;
import randomchat.kit.testing.Contract;
import randomchat.kit.testing.TestTokens;

/** What nobody should send: each has a clear answer, and the conversation beside it goes on. */
@WholeSystem
final class BadInputIT {

  private static final List<String> CHAT = List.of("randomchat");
  private final RandomChat system;
  private final Person.Pair pair;
  private final Person ann;
  private final Http http;

  BadInputIT(RandomChat system) {
    this.system = system;
    pair = Person.pair(system.origin());
    ann = pair.one();
    http = ann.http();
    ann.history(); // the first to come makes the channel known to all services
  }

  /** Whatever was sent, the two still hear each other. */
  @AfterEach
  void nobodyElseNoticed() {
    try (pair;
        Wire hers = ann.enter(null);
        Wire his = pair.other().enter(null)) {
      hers.text("still fine", null);
      his.next(frame -> frame.path("payload").asText().equals("still fine"));
    }
  }

  @Test
  void a_bad_frame_is_answered_and_the_socket_stays() {
    try (Wire wire = ann.enter("0")) {
      for (JsonNode bad : Contract.read("chat-frames.json").get("bad")) {
        wire.send(bad.get("frame").asText());
        assertEquals(bad.get("code").asText(), wire.errorCode(), bad.get("name").asText());
      }
      wire.text("x".repeat(4_097), "a:1");
      assertEquals("too_long", wire.errorCode());
      wire.text("x".repeat(4_096), "a:2");
      assertEquals("a:2", wire.next(0).get("key").asText());
      assertTrue(wire.isOpen());
    }
  }

  @Test
  void a_frame_that_is_far_too_large_and_a_flood_end_their_own_socket_only() {
    Wire large = ann.enter("0");
    large.send("{\"event\":0,\"payload\":\"" + "x".repeat(40_000) + "\"}");
    assertEquals(1009, large.closeCode());

    Wire flood = ann.enter("0");
    for (int i = 0; i < 120 && flood.isOpen(); i++) {
      flood.send("nonsense");
    }
    assertEquals(4502, flood.closeCode());
  }

  @Test
  void tokens_that_are_not_good_here_open_nothing() {
    JsonNode mine = TestTokens.claims(ann.token());
    String channel = mine.get("channel_id").asText();
    String peer = mine.get("peer").asText();
    Instant soon = Instant.now().plusSeconds(600);
    Instant past = Instant.now().minusSeconds(600);
    String identity =
        "{\"sub\":\"%s\",\"name\":\"Ann\",\"aud\":\"randomchat:user\",\"iat\":%d,\"exp\":%d}"
            .formatted(ann.id(), past.getEpochSecond(), soon.getEpochSecond());
    String unsigned = ann.token().substring(0, ann.token().lastIndexOf('.') + 1);
    Stream.of(
            TestTokens.channel(system.secret(), ann.id(), peer, channel, past),
            TestTokens.channel(RandomChat.randomHex(), ann.id(), peer, channel, soon),
            TestTokens.sign(system.secret(), identity),
            unsigned,
            "nonsense")
        .forEach(
            token -> {
              assertProblem(401, http.get("/api/chat/users", Http.bearer(token)));
              assertProblem(401, http.get("/api/channel/messages", Http.bearer(token)));
              String presigned = "/api/uploader/upload/presigned?ext=.png";
              assertProblem(401, http.get(presigned, Http.bearer(token)));
              assertProblem(401, http.delete("/api/chat/channel", Http.bearer(token)));
              List<String> protocols = List.of("randomchat", "bearer." + token);
              assertEquals(401, http.refusal("/api/chat", protocols).status());
              String old = "/api/chat?access_token=" + token;
              assertEquals(401, http.refusal(old, List.of()).status());
            });
    Http stranger = new Http(system.origin());
    assertProblem(401, stranger.get("/api/user/me", "Cookie", "sid=" + ann.token()));
    assertEquals(401, stranger.refusal("/api/match", List.of()).status());
    assertEquals(401, stranger.refusal("/api/chat", CHAT).status());
    assertEquals(403, http.refusal("/api/match?uid=1", List.of()).status());
    String other = "/api/chat?uid=1&access_token=" + ann.token();
    assertEquals(403, http.refusal(other, List.of()).status());
  }

  @Test
  void a_page_of_another_origin_may_do_nothing() {
    String[] foreign = {"Origin", "https://evil.example"};
    String[] withToken = {
      "Origin", "https://evil.example", "Authorization", "Bearer " + ann.token()
    };
    assertProblem(403, http.post("/api/user", "{\"name\":\"Eve\"}", foreign));
    assertProblem(403, http.delete("/api/chat/channel", withToken));
    assertProblem(403, http.delete("/api/channel", withToken));
    assertProblem(403, http.post("/api/match/block", "", withToken));
    assertProblem(403, http.post("/api/file", "", withToken));
    assertEquals(403, http.refusal("/api/match", List.of(), foreign).status());
    List<String> protocols = List.of("randomchat", "bearer." + ann.token());
    assertEquals(403, http.refusal("/api/chat", protocols, foreign).status());
  }

  @Test
  void a_channel_that_ended_is_over_for_everybody() {
    try (Person.Pair gone = Person.pair(system.origin())) {
      Wire wire = gone.other().enter("0");
      gone.one().leave();
      wire.action("leaved");
      assertEquals(4500, wire.closeCode());
      String[] bearer = Http.bearer(gone.other().token());
      assertProblem(404, http.get("/api/chat/users", bearer));
      assertProblem(404, http.get("/api/chat/channel/messages", bearer));
      assertProblem(404, gone.other().upload("hill.png", "image/png", Samples.picture()));
      List<String> protocols = List.of("randomchat", "bearer." + gone.other().token());
      assertEquals(404, http.refusal("/api/chat", protocols).status());
    }
  }

  @Test
  void files_that_are_not_what_they_say_are_refused() {
    byte[] page = "<!doctype html><script>alert(1)</script>".getBytes(StandardCharsets.UTF_8);
    assertProblem(415, ann.upload("cat.png", "image/png", page));
    assertProblem(415, ann.upload("page.html", "text/html", page));
    assertProblem(
        415, ann.upload("tool.exe", "image/png", "MZ\0\0".getBytes(StandardCharsets.UTF_8)));
    assertProblem(400, ann.upload("empty.png", "image/png", new byte[0]));
    assertProblem(400, http.post("/api/uploader/upload/files", "", Http.bearer(ann.token())));
    ann.upload("hill.png", "image/png", Samples.picture()).expect(201);
  }

  @Test
  void a_key_that_is_none_of_this_channel_opens_nothing() {
    String key =
        ann.upload("a.png", "image/png", Samples.picture())
            .json()
            .at("/uploaded_files/0/object_key")
            .asText();
    try (Person.Pair others = Person.pair(system.origin())) {
      others.one().history();
      assertProblem(403, download(others.one(), key));
    }
    for (String bad :
        List.of("../../etc/passwd", ann.channel() + "/../x", "/" + key, key + "/..", "", "\0")) {
      assertProblem(400, download(ann, bad));
    }
    assertProblem(
        400, http.get("/api/uploader/download/presigned?okb64=%25", Http.bearer(ann.token())));
    assertEquals(200, download(ann, key).status());
  }

  @Test
  void what_is_no_user_is_said_to_be_none() {
    for (String body :
        List.of(
            "", "Ann", "[]", "{}", "{\"name\":7}", "{\"name\":\"\"}", "{\"name\":\"a\\u202Eb\"}")) {
      assertProblem(400, http.post("/api/user", body));
    }
    assertProblem(400, http.get("/api/user?uid=../me"));
    assertProblem(404, http.get("/api/user?uid=1"));
  }

  @Test
  void a_file_of_65_MiB_is_refused_in_the_page(@TempDir Path folder, Browsers browsers)
      throws IOException {
    Path file = folder.resolve("film.mp4");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(65L * 1024 * 1024);
    }
    Browsers.Pair two = browsers.pair(system.origin());
    two.ann().networkMayFail().$("#file").setInputFiles(file);
    assertThat(two.ann().$("#uploads li .error")).containsText("larg");
    two.ann().say("too large");
    assertThat(two.ben().message("too large")).isVisible();
  }

  private static Answer download(Person person, String key) {
    String okb64 =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(key.getBytes(StandardCharsets.UTF_8));
    return person
        .http()
        .get("/api/uploader/download/presigned?okb64=" + okb64, Http.bearer(person.token()));
  }

  private static void assertProblem(int status, Answer answer) {
    assertEquals(status, answer.status(), answer.text());
    assertTrue(answer.header("Content-Type").startsWith("application/problem+json"));
    assertFalse(answer.json().get("msg").asText().isEmpty());
    assertFalse(answer.text().matches("(?s).*(Exception|\\bat [a-z]+\\.).*"), answer.text());
  }
}
