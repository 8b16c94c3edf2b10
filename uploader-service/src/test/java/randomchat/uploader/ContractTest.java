package randomchat.uploader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.redis.datasource.keys.RedisKeyNotFoundException;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import randomchat.kit.testing.Contract;

/** What this service promises to others: docs/contract. */
@QuarkusTest
class ContractTest extends UploaderTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void keys_areThoseOfTheTable() {
    ChannelId channel = new ChannelId("9");
    assertEquals(pattern(":uploads").replace("<channel>", "9"), UploaderKeys.uploads(channel));
    assertEquals(pattern(":meta").replace("<channel>", "9"), UploaderKeys.meta(channel));
    assertEquals(pattern("ended"), UploaderKeys.ENDED);
    assertTrue(UploaderKeys.rate(channel, "11").matches("rate:\\{[^{}]+}"));
  }

  @Test
  void everyKeyThatIsWritten_expires() {
    ChannelId channel = openChannel();
    uploaded(channel, "a.png", Samples.PNG);
    for (String key : redis.key().keys("*")) {
      try {
        assertNotEquals(-1, redis.key().ttl(key), key + " has no expiry");
      } catch (RedisKeyNotFoundException expiredByNow) {
        // a rate's key lives for a moment only
      }
    }
  }

  @Test
  void aChannelTokenOfTheContract_isUnderstood() {
    JsonNode golden = Contract.read("tokens.json").get("channel");
    ChannelId channel = new ChannelId(golden.get("channel_id").textValue());
    state(channel, "open");
    String token =
        tokens.sign(
            golden.get("aud").textValue(),
            golden.get("sub").textValue(),
            java.util.Map.of("peer", golden.get("peer").textValue(), "channel_id", channel.value()),
            java.time.Instant.now().plusSeconds(60));
    io.restassured.RestAssured.given()
        .header("Authorization", "Bearer " + token)
        .get("/api/uploader/upload/presigned?ext=png")
        .then()
        .statusCode(200);
  }

  @Test
  void answersAndRecords_haveTheFieldsOfTheContract() throws Exception {
    JsonNode golden = Contract.read("rest.json").get("uploader");
    ChannelId channel = openChannel();
    String key = uploaded(channel, "a.png", Samples.PNG);
    JsonNode files = JSON.readTree(upload(channel, "a.png", Samples.PNG).extract().asString());
    same(golden.get("files"), files);
    same(golden.get("files").get("uploaded_files").get(0), files.get("uploaded_files").get(0));
    same(
        golden.get("file"),
        JSON.readTree(
            member(channel).multiPart("file", "a.png", Samples.PNG).post("/api/file").asString()));
    same(golden.get("presigned_put"), presigned(channel, "?ext=png"));
    JsonNode form = presigned(channel, "?ext=png&form=post");
    same(golden.get("presigned_form"), form);
    assertTrue(
        fields(form.get("fields")).containsAll(fields(golden.get("presigned_form").get("fields"))));
    same(golden.get("download"), JSON.readTree(download(channel, key).asString()));
    var recorded = redis.hash(String.class).hgetall(UploaderKeys.uploads(channel));
    for (String value : recorded.values()) {
      JsonNode record = JSON.readTree(value);
      JsonNode alike =
          golden
              .get("uploads")
              .valueStream()
              .filter(g -> g.get("state").equals(record.get("state")))
              .findFirst()
              .orElseThrow();
      assertTrue(fields(record).containsAll(fields(alike)), value);
    }
  }

  private JsonNode presigned(ChannelId channel, String query) throws Exception {
    return JSON.readTree(member(channel).get("/api/uploader/upload/presigned" + query).asString());
  }

  private static void same(JsonNode golden, JsonNode answer) {
    assertEquals(fields(golden), fields(answer));
  }

  private static Set<String> fields(JsonNode object) {
    Set<String> names = new HashSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static String pattern(String end) {
    for (JsonNode key : Contract.read("keys.json")) {
      if (key.get("pattern").textValue().endsWith(end)
          && key.get("readers").toString().contains("uploader")) {
        return key.get("pattern").textValue();
      }
    }
    throw new AssertionError("no such key of this service");
  }
}
