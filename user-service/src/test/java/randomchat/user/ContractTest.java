package randomchat.user;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import randomchat.kit.testing.Contract;
import randomchat.kit.testing.RedisResource;

/** What this service promises to others: docs/contract. */
@QuarkusTest
@QuarkusTestResource(RedisResource.class)
class ContractTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Inject RedisDataSource redis;

  @Test
  void theOnlyKey_isTheOneOfTheTable_andExpires() {
    redis.flushall();
    Response ann = create();
    given().cookie("sid", ann.cookie("sid")).get("/api/user/me").then().statusCode(200);
    String expected = pattern().replace("<user>", ann.path("id"));
    assertEquals(Set.of(expected), Set.copyOf(redis.key().keys("*")));
    assertEquals(expected, UserKeys.user(new UserId(ann.path("id"))));
    assertTrue(redis.key().ttl(expected) > 0);
  }

  @Test
  void theIdentity_hasTheClaimsOfTheContract() throws Exception {
    String payload = create().cookie("sid").split("\\.")[1];
    JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(payload));
    JsonNode golden = Contract.read("tokens.json").get("identity");
    for (var claim : golden.properties()) {
      assertEquals(
          claim.getValue().getNodeType(),
          claims.path(claim.getKey()).getNodeType(),
          claim.getKey());
    }
    assertEquals(golden.get("aud"), claims.get("aud"));
    assertEquals("Ann", claims.get("name").textValue());
  }

  @Test
  void answers_haveTheFieldsOfTheContract() throws Exception {
    JsonNode golden = Contract.read("rest.json").get("user");
    Response ann = create();
    assertEquals(fields(golden.get("user")), fields(JSON.readTree(ann.asString())));
    String name =
        given()
            .cookie("sid", ann.cookie("sid"))
            .get("/api/user/" + ann.path("id") + "/name")
            .asString();
    assertEquals(fields(golden.get("name")), fields(JSON.readTree(name)));
    String problem = given().get("/api/user/me").asString();
    assertEquals(fields(Contract.read("rest.json").get("problem")), fields(JSON.readTree(problem)));
  }

  private static Response create() {
    return given().body("{\"name\":\"Ann\"}").post("/api/user");
  }

  private static Set<String> fields(JsonNode object) {
    Set<String> names = new HashSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static String pattern() {
    for (JsonNode key : Contract.read("keys.json")) {
      if (key.get("writer").textValue().equals("user")) {
        return key.get("pattern").textValue();
      }
    }
    throw new AssertionError("no key of this service");
  }
}
