package randomchat.match.socket;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import randomchat.kit.testing.RedisServer;

@QuarkusTest
class OutageTest extends SocketTest {

  RedisServer server;

  @Test
  void who_waits_outlives_a_redis_that_comes_back_empty() {
    String ann = user();
    String bob = user();
    MatchClient anns = open(ann, "interests=a");
    MatchClient bobs = open(bob, "interests=b");
    awaitState(ann, "waiting");
    awaitState(bob, "waiting");
    server.kill();
    long start = System.nanoTime();
    assertEquals(503, MatchClient.status(uri(""), "Cookie", "sid=" + sid(ann)));
    given()
        .header("Authorization", "Bearer " + channelToken(ann, bob))
        .post("/api/match/block")
        .then()
        .statusCode(503)
        .header("Retry-After", "1")
        .contentType("application/problem+json");
    assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(7));
    assertTrue(anns.isOpen() && bobs.isOpen());
    server.restart();
    assertEquals(channel(anns.match(), ann, bob), channel(bobs.match(), bob, ann));
  }

  private String channelToken(String user, String peer) {
    return tokens.sign(
        "randomchat:channel",
        user,
        Map.of("peer", peer, "channel_id", "9"),
        Instant.now().plusSeconds(60));
  }
}
