package randomchat.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import randomchat.chat.socket.SocketProbe;
import randomchat.kit.testing.Await;
import randomchat.kit.testing.Contract;
import randomchat.kit.testing.Line;
import randomchat.kit.testing.RedisResource;

/** What a client may say that it should not, and that it hurts nobody else. */
@QuarkusTest
@WithTestResource(value = RedisResource.class, scope = TestResourceScope.GLOBAL)
class BadFramesTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_BYTES = 4096;

  @TestHTTPResource("/")
  URI http;

  @Inject RedisDataSource redis;
  @Inject SocketProbe sockets;

  private Room room;
  private ChatClient ann;
  private ChatClient bob;

  @BeforeEach
  void twoWhoTalk() {
    room = new Room(http);
    ann = room.open(room.ann);
    bob = room.open(room.bob);
    ann.action("joined");
    bob.action("joined");
  }

  @AfterEach
  void nothingIsLeftOfThem() {
    ann.close();
    bob.close();
    Await.until("no socket is left", () -> sockets.open() == 0);
    assertEquals(0, sockets.channels());
  }

  /** Another room, and the other member, go on as if nothing had happened. */
  private void othersTalk() {
    bob.text("still here", "b:" + System.nanoTime());
    bob.next(f -> f.get("payload").asText().equals("still here"));
    Room other = new Room(http);
    try (ChatClient eve = other.open(other.ann)) {
      eve.text("x", "c:1");
      assertEquals("1", eve.next(0).get("message_id").asText());
    }
  }

  private static String text(String payload, String key) {
    return JSON.createObjectNode()
        .put("event", 0)
        .put("payload", payload)
        .put("key", key)
        .toString();
  }

  @Test
  void eachBadFrameOfTheContract_isAnsweredWithItsCode_toItsSenderAlone() {
    for (JsonNode golden : Contract.read("chat-frames.json").get("bad")) {
      ann.say(golden.get("frame").textValue());
      JsonNode error = ann.next(f -> true);
      String name = golden.get("name").textValue();
      assertEquals(4, error.get("event").asInt(), name);
      assertEquals(golden.get("code"), ChatClient.payload(error).get("code"), name);
      assertEquals(room.ann, error.get("user_id").asText());
      assertEquals("", error.get("message_id").asText());
    }
    ann.text("good", "c:1");
    JsonNode heard = bob.next(f -> f.get("event").asInt() != 1); // presence may be told again
    assertEquals("1", heard.get("message_id").asText());
    othersTalk();
  }

  @Test
  void anError_namesTheFrameItAnswers() {
    ann.say(text("x".repeat(MOST_BYTES + 1), "c:1"));
    JsonNode error = ann.next(4);
    assertEquals("too_long", ChatClient.payload(error).get("code").asText());
    assertEquals("c:1", error.get("key").asText());
    ann.say(text("é".repeat(MOST_BYTES / 2) + "x", "c:1"));
    assertEquals("too_long", ann.errorCode());
    ann.say(text("é".repeat(MOST_BYTES / 2), "c:1"));
    assertEquals("1", bob.next(0).get("message_id").asText());
  }

  @Test
  void fourTimesTooLarge_isClosedWith1009() throws Exception {
    ann.say(text("x".repeat(4 * MOST_BYTES), "c:1"));
    assertEquals(1009, ann.closeCode());
    othersTalk();
  }

  @Test
  void megabytesInOneFrame_areClosedWith1009() throws Exception {
    try (Line raw = room.openRaw(room.ann)) {
      raw.send(Line.frame(Line.TEXT, new byte[3 << 20]));
      assertEquals(1009, raw.closeCode());
    }
    othersTalk();
  }

  @Test
  void theBeginningOfAFrameThatIsTooLarge_isClosedWith1009_andNotWaitedFor() throws Exception {
    try (Line raw = room.openRaw(room.ann)) {
      byte[] frame = Line.frame(Line.TEXT, new byte[4 * MOST_BYTES + 1]);
      raw.send(Arrays.copyOf(frame, 100));
      assertEquals(1009, raw.closeCode());
    }
    othersTalk();
  }

  @Test
  void manySmallFragments_areNoWayAroundTheLimit() {
    try (Line raw = room.openRaw(room.ann)) {
      byte[] part = Line.frame(Line.TEXT, new byte[60_000]);
      part[0] = Line.TEXT & 0x0f; // not final
      assertThrows(
          UncheckedIOException.class,
          () -> {
            raw.send(part);
            part[0] = 0; // continued
            for (int i = 0; i < 100; i++) {
              raw.send(part);
            }
            while (true) {
              raw.next();
            }
          });
    }
    othersTalk();
  }

  @Test
  void whoIsTooFast_isTold_andNothingElseIsLost() {
    int told = 0;
    int stored = 0;
    for (int i = 1; i <= 60; i++) {
      ann.text("m" + i, "c:" + i);
    }
    for (int i = 0; i < 60; i++) {
      JsonNode answer = ann.next(f -> f.get("event").asInt() != 1);
      if (answer.get("event").asInt() == 4) {
        assertEquals("too_fast", ChatClient.payload(answer).get("code").asText());
        told++;
      } else {
        stored++;
        assertEquals(String.valueOf(stored), answer.get("message_id").asText());
      }
    }
    assertTrue(stored >= 40 && told > 0, stored + " stored, " + told + " refused");
    othersTalk();
  }

  @Test
  void whatWasRefusedAndOvertaken_isNeverCalledStored() {
    int refused = 0;
    int next = 1;
    while (true) {
      ann.text("m" + next, "c:" + next);
      JsonNode answer = ann.next(f -> f.get("event").asInt() != 1);
      if (answer.get("event").asInt() == 4) {
        refused = next;
      } else if (refused > 0) {
        break; // something behind it is stored
      }
      next++;
    }
    String text = "m" + refused;
    String key = "c:" + refused;
    List<String> codes = new ArrayList<>();
    Await.until(
        () -> "it is answered, but with " + codes,
        5,
        () -> {
          ann.text(text, key); // as a client does that never heard the answer
          codes.add(ann.errorCode());
          return !codes.getLast().equals("too_fast"); // still
        });
    assertEquals("overtaken", codes.getLast());
  }

  @Test
  void theLimit_isOfAMember_notOfAConnection() {
    try (ChatClient second = room.open(room.ann)) {
      second.action("joined");
      for (int i = 1; i <= 50; i++) {
        ann.text("a", "a:" + i);
        second.text("b", "b:" + i);
      }
      assertEquals("too_fast", ann.errorCode());
      assertEquals("too_fast", second.errorCode());
    }
  }

  @Test
  void aHundredErrors_areEnough() throws Exception {
    try (Line raw = room.openRaw(room.ann)) {
      for (int i = 0; i < 150; i++) {
        raw.text("no frame");
      }
      raw.text(text("after the end", "c:1"));
      assertEquals(4502, raw.closeCode());
    }
    othersTalk();
    assertTrue(
        bob.pending().stream().noneMatch(f -> f.get("payload").asText().equals("after the end")));
  }

  @Test
  void aSenderIsWhoTheTokenSays() {
    ann.say(
        "{\"event\":0,\"user_id\":\""
            + room.bob
            + "\",\"payload\":\"x\",\"message_id\":\"77\",\"seen\":true,\"time\":1}");
    JsonNode heard = bob.next(0);
    assertEquals(room.ann, heard.get("user_id").asText());
    assertEquals("1", heard.get("message_id").asText());
    assertFalse(heard.get("seen").asBoolean());
    assertTrue(heard.get("time").asLong() > 1_700_000_000_000L);
    bob.say("{\"event\":2,\"user_id\":\"" + room.ann + "\",\"payload\":\"1\"}");
    assertEquals(room.ann, ann.next(2).get("user_id").asText());
  }

  @Test
  void aHalfCharacter_reachesThePeerAsItWasSaid() {
    ann.say("{\"event\":0,\"payload\":\"\\ud83d\\u0000\\u2028\"}");
    assertEquals("\ud83d\u0000\u2028", bob.next(0).get("payload").asText());
  }

  @Test
  void binaryFrames_areIgnored() {
    try (Line raw = room.openRaw(room.ann)) {
      byte[] content = "{\"event\":0,\"payload\":\"binary\"}".getBytes(StandardCharsets.UTF_8);
      raw.send(Line.frame(Line.BINARY, content));
      raw.text(text("text", "c:1"));
      assertEquals("text", bob.next(0).get("payload").asText());
    }
  }

  @Test
  void aFile_isOneThatWasIssuedForThisChannel() {
    String key = room.id + "/0123456789abcdef0123456789abcdef.png";
    redis
        .hash(String.class)
        .hset(
            "{" + room.id + "}:uploads",
            Map.of(
                key,
                "{\"type\":\"image/png\",\"size\":123,\"state\":\"clean\"}",
                room.id + "/issued.png",
                "{\"state\":\"issued\"}",
                "77/foreign.png",
                "{\"state\":\"clean\"}"));
    redis.key().expire("{" + room.id + "}:uploads", 60);
    for (String payload :
        new String[] {
          "{\"file_name\":\"x\",\"object_key\":\"" + room.id + "/none.png\"}",
          "{\"file_name\":\"x\",\"object_key\":\"77/foreign.png\"}",
          "{\"file_name\":\"x\",\"file_url\":\"/files/77/foreign.png\"}",
          "{\"file_name\":\"x\",\"file_url\":\"https://evil.example/files/" + key + "\"}",
          "{\"file_name\":\"x\",\"object_key\":7}",
          "{\"file_name\":\"x\"}",
          "[]",
          "x",
          "",
          "[".repeat(2_000),
        }) {
      ann.say(JSON.createObjectNode().put("event", 3).put("payload", payload).toString());
      assertEquals("unknown_file", ann.errorCode(), payload);
    }
    file(
        "{\"file_name\":\"cat.png\",\"object_key\":\""
            + key
            + "\",\"content_type\":\"text/html\"}");
    JsonNode whole = ChatClient.payload(bob.next(3));
    assertEquals("cat.png", whole.get("file_name").asText());
    assertEquals(key, whole.get("object_key").asText());
    assertEquals("/files/" + key, whole.get("file_url").asText());
    assertEquals("image/png", whole.get("content_type").asText());
    assertEquals(123, whole.get("size").asInt());
    assertEquals(5, whole.size());

    file(
        "{\"file_name\":\"a\\u202egnp.exe\\u0007\",\"file_url\":\"/files/"
            + room.id
            + "/issued.png\"}");
    whole = ChatClient.payload(bob.next(3));
    assertEquals("agnp.exe", whole.get("file_name").asText());
    assertEquals(room.id + "/issued.png", whole.get("object_key").asText());
    assertFalse(whole.has("size"));
    file("{\"file_name\":\"" + "😀".repeat(300) + "\",\"object_key\":\"" + key + "\"}");
    assertEquals("😀".repeat(255), ChatClient.payload(bob.next(3)).get("file_name").asText());
    othersTalk();
  }

  private void file(String payload) {
    ann.say(JSON.createObjectNode().put("event", 3).put("payload", payload).toString());
  }

  @Test
  void aTokenThatExpires_endsItsConnection_andNothingIsSaidWithItAnyMore() throws Exception {
    String token = room.token(room.ann, Instant.now().plusSeconds(2));
    try (Line raw = new Line(http)) {
      assertEquals(101, raw.upgrade("/api/chat?access_token=" + token));
      assertEquals(4501, raw.closeCode());
      raw.text(text("from the dead", "z:1")); // without answering the close
      othersTalk();
      assertTrue(
          bob.pending().stream().noneMatch(f -> f.get("payload").asText().equals("from the dead")));
    }
  }
}
