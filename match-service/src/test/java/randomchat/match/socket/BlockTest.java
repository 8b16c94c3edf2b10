package randomchat.match.socket;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** POST /api/match/block. */
@QuarkusTest
class BlockTest extends SocketTest {

  private static final String PATH = "/api/match/block";

  @Test
  void who_was_blocked_is_never_met_again_either_way_round() {
    String ann = user();
    String bob = user();
    String eve = user();
    bearer(channelToken(ann, bob)).post(PATH).then().statusCode(204);
    MatchClient anns = open(ann);
    awaitState(ann, "waiting");
    MatchClient bobs = open(bob);
    awaitState(bob, "waiting");
    MatchClient eves = open(eve);
    assertEquals(channel(eves.match(), eve, ann), channel(anns.match(), ann, eve));
    assertEquals("waiting", state(bob));
    bobs.assertNoFrame();
  }

  @Test
  void only_a_channel_token_that_is_good_may_block() {
    String ann = user();
    given().post(PATH).then().statusCode(401).body("msg", equalTo("no valid token"));
    for (String bad : new String[] {"", "x", sid(ann), channelToken(ann, "7") + "x"}) {
      bearer(bad).post(PATH).then().statusCode(401).contentType("application/problem+json");
    }
    for (String peer : new String[] {"no id", "", ann}) {
      bearer(channelToken(ann, peer)).post(PATH).then().statusCode(401);
    }
    String noPeer = tokens.sign("randomchat:channel", ann, Map.of(), Instant.now().plusSeconds(60));
    bearer(noPeer).post(PATH).then().statusCode(401);
    given().cookie("sid", sid(ann)).post(PATH).then().statusCode(401);
  }

  @Test
  void a_foreign_page_may_not_block() {
    bearer(channelToken(user(), "7"))
        .header("Origin", "https://evil.example")
        .post(PATH)
        .then()
        .statusCode(403);
  }

  @Test
  void after_a_burst_it_is_429_and_others_are_not_concerned() {
    String ann = user();
    String token = channelToken(ann, "7");
    for (int i = 0; i < 20; i++) {
      bearer(token).post(PATH).then().statusCode(204);
    }
    bearer(token).post(PATH).then().statusCode(429).header("Retry-After", "1");
    bearer(channelToken(user(), "7")).post(PATH).then().statusCode(204);
  }

  private static RequestSpecification bearer(String token) {
    return given().header("Authorization", "Bearer " + token);
  }

  private String channelToken(String user, String peer) {
    Map<String, String> claims = Map.of("peer", peer, "channel_id", "9");
    return tokens.sign("randomchat:channel", user, claims, Instant.now().plusSeconds(60));
  }
}
