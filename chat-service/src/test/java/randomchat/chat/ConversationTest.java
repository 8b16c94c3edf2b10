package randomchat.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import randomchat.kit.testing.RedisResource;

/** What two members of a channel hear of each other. */
@QuarkusTest
@WithTestResource(value = RedisResource.class, scope = TestResourceScope.GLOBAL)
class ConversationTest {

  @TestHTTPResource("/")
  URI http;

  @Inject RedisDataSource redis;

  private Room room;

  @BeforeEach
  void newRoom() {
    room = new Room(http);
  }

  @Test
  void theFirstWaits_theSecondIsJoined_andBothHearWhatIsSaidInOrder() {
    try (ChatClient ann = room.open(room.ann)) {
      assertEquals(room.ann, ann.action("waiting").get("user_id").asText());
      try (ChatClient bob = room.openOld(room.bob)) {
        assertEquals(room.ann, bob.action("joined").get("user_id").asText());
        assertEquals(room.bob, ann.action("joined").get("user_id").asText());

        for (int i = 1; i <= 30; i++) {
          (i % 2 == 0 ? ann : bob).text("text " + i, "client:" + i);
          JsonNode heard = bob.next(0);
          assertEquals(heard, ann.next(0));
          assertEquals(String.valueOf(i), heard.get("message_id").asText());
          assertEquals("text " + i, heard.get("payload").asText());
          assertEquals("client:" + i, heard.get("key").asText());
          assertEquals(i % 2 == 0 ? room.ann : room.bob, heard.get("user_id").asText());
          assertFalse(heard.get("seen").asBoolean());
          assertTrue(heard.get("time").asLong() > 1_700_000_000_000L);
        }
      }
    }
  }

  @Test
  void aBurstWithoutKeys_keepsItsOrder() {
    try (ChatClient ann = room.open(room.ann);
        ChatClient bob = room.open(room.bob)) {
      ann.action("joined");
      for (int i = 1; i <= 40; i++) {
        ann.say("{\"event\":0,\"user_id\":\"1\",\"payload\":\"" + i + "\"}");
      }
      for (int i = 1; i <= 40; i++) {
        JsonNode heard = bob.next(0);
        assertEquals(String.valueOf(i), heard.get("payload").asText());
        assertEquals(room.ann, heard.get("user_id").asText());
        assertFalse(heard.has("key"));
      }
    }
  }

  @Test
  void aRepeat_isStoredOnce_andAnsweredWithTheOriginalToWhoAsked() {
    try (ChatClient ann = room.open(room.ann);
        ChatClient bob = room.open(room.bob)) {
      ann.action("joined");
      bob.action("joined");
      ann.text("one", "c:1");
      JsonNode original = ann.next(0);
      ann.text("two", "c:2");
      ann.next(0);
      ann.text("one, again", "c:1");
      assertEquals(original, ann.next(0));
      bob.text("mine", "c:1"); // the scope of a key is its sender
      assertEquals(
          "3", bob.next(f -> f.get("payload").asText().equals("mine")).get("message_id").asText());
      try (ChatClient again = room.open(room.ann)) {
        again.action("joined");
        again.text("two", "c:2");
        assertEquals("2", again.next(0).get("message_id").asText());
      }
      assertTrue(bob.pending().stream().allMatch(f -> f.get("event").asInt() != 0));
    }
  }

  @Test
  void typing_isHeardAndNotKept() {
    try (ChatClient ann = room.open(room.ann);
        ChatClient bob = room.open(room.bob)) {
      ann.action("joined");
      ann.say("{\"event\":1,\"payload\":\"istyping\"}");
      JsonNode typing = bob.action("istyping");
      assertEquals(room.ann, typing.get("user_id").asText());
      assertEquals("", typing.get("message_id").asText());
      ann.say("{\"event\":1,\"payload\":\"endtyping\"}");
      bob.action("endtyping");
      ann.text("x", "c:1");
      assertEquals("1", bob.next(0).get("message_id").asText());
    }
  }

  @Test
  void seen_tellsTheAuthorOfEachMessageOnce() {
    try (ChatClient ann = room.open(room.ann);
        ChatClient bob = room.open(room.bob)) {
      ann.action("joined");
      for (int i = 1; i <= 3; i++) {
        ann.text("a" + i, "c:" + i);
      }
      bob.next(f -> f.get("message_id").asText().equals("3"));
      bob.text("b", "c:1");
      bob.next(f -> f.get("message_id").asText().equals("4"));
      bob.say("{\"event\":2,\"payload\":\"2\"}");
      bob.say("{\"event\":2,\"payload\":\"2\"}");
      bob.say("{\"event\":2,\"payload\":\"1\"}");
      bob.say("{\"event\":2,\"payload\":\"4\"}");
      List<String> seen = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        JsonNode event = ann.next(2);
        assertEquals(room.ann, event.get("user_id").asText());
        assertTrue(event.get("seen").asBoolean());
        seen.add(event.get("payload").asText());
      }
      assertEquals(List.of("1", "2", "3"), seen);
      bob.say("{\"event\":2,\"payload\":\"5\"}");
      assertEquals("unknown_message", bob.errorCode());
    }
  }

  @Test
  void aResume_bringsWhatWasMissed_once_beforeAnythingLive() {
    try (ChatClient ann = room.open(room.ann)) {
      ann.action("waiting");
      JsonNode third = null;
      for (int i = 1; i <= 40; i++) {
        ann.text("m" + i, "c:" + i);
        JsonNode echo = ann.next(0);
        third = i == 3 ? echo : third;
      }
      String since = "3." + third.get("time").asText();
      try (ChatClient bob = room.openSince(room.bob, since)) {
        JsonNode sync = bob.next(f -> true);
        assertEquals(5, sync.get("event").asInt());
        JsonNode state = ChatClient.payload(sync);
        assertTrue(state.get("recovered").asBoolean());
        assertEquals("40", state.get("head").asText());
        for (int i = 4; i <= 40; i++) {
          assertEquals("m" + i, bob.next(0).get("payload").asText());
        }
      }
      try (ChatClient bob = room.openSince(room.bob, "3.17")) {
        assertFalse(ChatClient.payload(bob.next(5)).get("recovered").asBoolean());
        ann.say("{\"event\":1,\"payload\":\"istyping\"}");
        bob.action("istyping");
        assertTrue(bob.pending().stream().noneMatch(f -> f.get("event").asInt() == 0));
      }
      try (ChatClient bob = room.openSince(room.bob, "41")) {
        assertFalse(ChatClient.payload(bob.next(5)).get("recovered").asBoolean());
      }
      try (ChatClient bob = room.openSince(room.bob, "0")) {
        assertTrue(ChatClient.payload(bob.next(5)).get("recovered").asBoolean());
        assertEquals("1", bob.next(0).get("message_id").asText());
      }
    }
  }

  @Test
  void whoResumesWithoutATime_isToldOfALossAllTheSame() {
    try (ChatClient ann = room.open(room.ann)) {
      ann.text("one", "c:1");
      ann.next(0);
      try (ChatClient bob = room.openSince(room.bob, "1")) {
        assertTrue(ChatClient.payload(bob.next(5)).get("recovered").asBoolean());
        bob.action("joined");
        String messages = "{" + room.id + "}:messages";
        String tail = "\"event\":0,\"user_id\":\"" + room.ann + "\",\"payload\":\"other\"}";
        redis.execute("DEL", messages);
        redis.execute("XADD", messages, "1-0", "t", "17", "u", room.ann, "d", tail);
        redis.execute("EXPIRE", messages, "60");
        redis.execute("HSET", "{" + room.id + "}:meta", "time", "17");
        redis.execute("CLIENT", "KILL", "TYPE", "pubsub");
        assertFalse(ChatClient.payload(bob.next(5)).get("recovered").asBoolean());
      }
    }
  }

  @Test
  void leaving_endsTheChannelForBoth() throws Exception {
    try (ChatClient ann = room.open(room.ann);
        ChatClient bob = room.open(room.bob)) {
      ann.action("joined");
      io.restassured.RestAssured.given()
          .header("Authorization", "Bearer " + room.token(room.ann))
          .delete("/api/chat/channel?delby=" + room.ann)
          .then()
          .statusCode(204);
      assertEquals(room.ann, bob.action("leaved").get("user_id").asText());
      ann.action("leaved");
      assertEquals(4500, bob.closeCode());
      assertEquals(4500, ann.closeCode());
    }
  }

  @Test
  void whoClosesIsOffline_whoComesBackIsJoined() throws Exception {
    try (ChatClient ann = room.open(room.ann)) {
      try (ChatClient bob = room.open(room.bob)) {
        ann.action("joined");
        bob.leave();
      }
      assertEquals(room.bob, ann.action("offline").get("user_id").asText());
      try (ChatClient bob = room.open(room.bob)) {
        ann.action("joined");
      }
    }
  }

  @Test
  void theNinthConnectionOfAMember_replacesTheOldest() throws Exception {
    List<ChatClient> all = new ArrayList<>();
    try {
      for (int i = 0; i < 9; i++) {
        ChatClient next = room.open(room.ann);
        next.action("waiting");
        all.add(next);
      }
      assertEquals(4503, all.getFirst().closeCode());
      all.get(8).text("x", "c:1");
      for (int i = 1; i < 9; i++) {
        assertEquals("1", all.get(i).next(0).get("message_id").asText());
      }
    } finally {
      all.forEach(ChatClient::close);
    }
  }
}
