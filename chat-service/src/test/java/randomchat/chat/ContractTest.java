package randomchat.chat;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import randomchat.kit.testing.Contract;
import randomchat.kit.testing.RedisResource;

/** What this service promises to others: docs/contract. */
@QuarkusTest
@WithTestResource(value = RedisResource.class, scope = TestResourceScope.GLOBAL)
class ContractTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TestHTTPResource("/")
  URI http;

  @Inject RedisDataSource redis;

  @Test
  void theKeys_areThoseOfTheTable_andExpire() {
    redis.flushall();
    Room room = new Room(http);
    try (ChatClient ann = room.open(room.ann)) {
      ann.action("waiting");
      ann.text("x", "c:1");
      ann.next(0);
      assertEquals(
          Map.of(
              "{" + room.id + "}:meta", "hash",
              "{" + room.id + "}:messages", "stream",
              "{" + room.id + "}:presence", "zset"),
          types());
      assertEquals("open", redis.hash(String.class).hget("{" + room.id + "}:meta", "state"));
      leave(room);
      ann.action("leaved");
    }
    assertEquals(Map.of("{" + room.id + "}:meta", "hash", "ended", "stream"), types());
    assertEquals("ended", redis.hash(String.class).hget("{" + room.id + "}:meta", "state"));
    Map<String, String> ofTheTable = new HashMap<>();
    for (JsonNode key : Contract.read("keys.json")) {
      if (key.get("writer").textValue().equals("chat")) {
        ofTheTable.put(key.get("pattern").textValue(), key.get("type").textValue());
      }
    }
    assertEquals(
        Map.of(
            "{<channel>}:meta", "hash",
            "{<channel>}:messages", "stream",
            "{<channel>}:presence", "zset",
            "ended", "stream"),
        ofTheTable);
  }

  private Map<String, String> types() {
    Map<String, String> types = new TreeMap<>();
    for (String key : redis.key().keys("*")) {
      types.put(key, redis.execute("TYPE", key).toString());
      assertTrue(redis.key().ttl(key) > 0, key + " expires");
    }
    return types;
  }

  @Test
  void theFrames_areThoseOfTheContract() {
    Room room = new Room(http);
    String key = room.id + "/00ff.png";
    redis
        .hash(String.class)
        .hset(
            "{" + room.id + "}:uploads",
            key,
            "{\"type\":\"image/png\",\"size\":3,\"state\":\"clean\"}");
    redis.key().expire("{" + room.id + "}:uploads", 60);
    Map<String, JsonNode> real = new HashMap<>();
    try (ChatClient ann = room.open(room.ann)) {
      real.put("alone", ann.action("waiting"));
      ChatClient bob = room.open(room.bob);
      real.put("the peer is here", ann.action("joined"));
      ann.text("hello", "a1b2c3:1");
      real.put("text", bob.next(0));
      ann.say(
          "{\"event\":3,\"payload\":\"{\\\"file_name\\\":\\\"cat.png\\\",\\\"object_key\\\":\\\""
              + key
              + "\\\"}\"}");
      real.put("file", bob.next(3));
      bob.say("{\"event\":1,\"payload\":\"istyping\"}");
      real.put("peer types", ann.action("istyping"));
      bob.say("{\"event\":2,\"payload\":\"1\"}");
      real.put("seen", ann.next(2));
      ann.say("{\"event\":0,\"payload\":\"" + "x".repeat(5_000) + "\",\"key\":\"a1b2c3:3\"}");
      real.put("error", ann.next(4));
      bob.close();
      try (ChatClient again = room.openSince(room.bob, "2")) {
        real.put("sync", again.next(5));
        leaveOnClose(again);
      }
      real.put("the peer went offline", ann.action("offline"));
      leave(room);
      real.put("somebody left", ann.action("leaved"));
    }
    for (JsonNode golden : Contract.read("chat-frames.json").get("server")) {
      String name = golden.get("name").textValue();
      JsonNode expected = golden.get("frame");
      JsonNode frame = real.remove(name);
      assertEquals(types(expected), types(frame), name);
      assertEquals(expected.get("event"), frame.get("event"), name);
      assertEquals(expected.get("seen"), frame.get("seen"), name);
      if (expected.get("payload").textValue().startsWith("{")) {
        assertEquals(types(ChatClient.payload(expected)), types(ChatClient.payload(frame)), name);
      }
    }
    assertEquals(Set.of(), real.keySet());
  }

  private static void leaveOnClose(ChatClient client) {
    try {
      client.leave();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, JsonNodeType> types(JsonNode object) {
    Map<String, JsonNodeType> types = new TreeMap<>();
    object.properties().forEach(field -> types.put(field.getKey(), field.getValue().getNodeType()));
    return types;
  }

  @Test
  void theTokensOfTheseTests_areThoseOfTheContract() throws Exception {
    String claims = new Room(http).token("11").split("\\.")[1];
    JsonNode mine = JSON.readTree(Base64.getUrlDecoder().decode(claims));
    JsonNode golden = Contract.read("tokens.json").get("channel");
    assertEquals(types(golden), types(mine));
    assertEquals(golden.get("aud"), mine.get("aud"));
  }

  @Test
  void aProblem_hasTheFieldsOfTheContract() throws Exception {
    JsonNode problem = JSON.readTree(given().get("/api/chat/forwardauth").asString());
    Set<String> fields = new HashSet<>();
    problem.fieldNames().forEachRemaining(fields::add);
    Set<String> golden = new HashSet<>();
    Contract.read("rest.json").get("problem").fieldNames().forEachRemaining(golden::add);
    assertEquals(golden, fields);
  }

  private static void leave(Room room) {
    given()
        .header("Authorization", "Bearer " + room.token(room.ann))
        .delete("/api/chat/channel")
        .then()
        .statusCode(204);
  }
}
