package randomchat.match.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import randomchat.kit.testing.Await;
import randomchat.kit.testing.Contract;

/** What this service writes and sends, held against docs/contract. */
@QuarkusTest
class ContractTest extends SocketTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void every_key_is_in_the_contract_with_its_type_and_this_writer() {
    String ann = user();
    String bob = user();
    deaf(user());
    Await.until("one waits", () -> exists("{pool}:tickets"));
    open(user());
    Await.until("a pairing", () -> exists("{pool}:pairings"));
    open(ann, "interests=music");
    MatchClient bobs = open(bob, "interests=music");
    String token = bobs.match().getString("access_token");
    open(user(), "interests=chess");
    Await.until("an interest", () -> exists("{pool}:interest:chess"));
    redis.execute("SET", "{pool}:inbox:5", "9 7 4000000000", "EX", "60");
    RestAssured.given()
        .header("Authorization", "Bearer " + token)
        .post("/api/match/block")
        .then()
        .statusCode(204);

    Set<String> seen = new HashSet<>();
    for (var reply : redis.execute("KEYS", "*")) {
      String key = reply.toString();
      JsonNode entry = entry(key);
      String type = entry.get("type").asText();
      assertTrue(type.equals("any") || type.equals(type(key)), key + " is a " + type(key));
      assertTrue(Set.of("match", "user", "who limits").contains(entry.get("writer").asText()), key);
      seen.add(entry.get("pattern").asText());
    }
    for (JsonNode entry : Contract.read("keys.json")) {
      if (entry.get("writer").asText().equals("match")) {
        assertTrue(seen.contains(entry.get("pattern").asText()), "seen: " + entry);
      }
    }
  }

  private String type(String key) {
    return redis.execute("TYPE", key).toString();
  }

  private static JsonNode entry(String key) {
    List<JsonNode> fitting = new ArrayList<>();
    for (JsonNode entry : Contract.read("keys.json")) {
      String pattern =
          entry
              .get("pattern")
              .asText()
              .replaceAll("[{}]", "\\\\$0")
              .replaceAll("<(user|channel)>", "\\\\d+")
              .replaceAll("<(tag|subject)>", ".+");
      if (key.matches(pattern)) {
        fitting.add(entry);
      }
    }
    assertEquals(1, fitting.size(), "patterns of " + key);
    return fitting.getFirst();
  }

  @Test
  void frames_and_tokens_have_the_fields_of_the_contract() throws Exception {
    String bob = user();
    MatchClient asks = open(user(), "interests=a&waiting=1");
    assertEquals(names(frame(1)), names(JSON.readTree(asks.frame().encode())));
    assertEquals(
        names(frame(1).get("waiting")),
        names(JSON.readTree(asks.frame().getJsonObject("waiting").encode())));
    open(user(), "interests=b");
    JsonObject match = open(bob, "interests=b").match();
    assertEquals(names(frame(0)), names(JSON.readTree(match.encode())));
    String payload = match.getString("access_token").split("\\.")[1];
    JsonNode claims =
        JSON.readTree(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8));
    JsonNode golden = Contract.read("tokens.json").get("channel");
    assertTrue(names(claims).containsAll(names(golden)), claims.toString());
    for (String name : names(golden)) {
      assertEquals(golden.get(name).getNodeType(), claims.get(name).getNodeType(), name);
    }
    assertEquals(golden.get("aud"), claims.get("aud"));
  }

  private static JsonNode frame(int index) {
    return Contract.read("match-frames.json").get("server").get(index).get("frame");
  }

  private static Set<String> names(JsonNode object) {
    Iterable<String> names = object::fieldNames;
    return new HashSet<>(StreamSupport.stream(names.spliterator(), false).toList());
  }
}
