package randomchat.match.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import randomchat.kit.socket.Admission;
import randomchat.match.pool.PoolSettings;

@QuarkusTest
class DrainTest extends SocketTest {

  @Inject Vertx vertx;
  @Inject WaitingRoom room;

  @Test
  void a_replica_that_drains_goes_on_matching_and_then_sends_away_with_1012() {
    Duration hour = Duration.ofHours(1);
    PoolSettings settings = new PoolSettings(hour, hour, hour, Duration.ofSeconds(4));
    String ann = user();
    String bob = user();
    String eve = user();
    MatchClient anns = open(ann);
    awaitState(ann, "waiting");
    long start = System.nanoTime();
    new Drain(vertx, room, settings).begin(new Admission.DrainBegins());
    MatchClient bobs = open(bob);
    assertEquals(channel(anns.match(), ann, bob), channel(bobs.match(), bob, ann));
    MatchClient eves = open(eve);
    awaitState(eve, "waiting");
    String place = redis.execute("HGET", "{pool}:ticket:" + eve, "place").toString();
    assertEquals(1012, eves.closeCode());
    assertTrue(System.nanoTime() - start > TimeUnit.MILLISECONDS.toNanos(2_700));
    awaitState(eve, "away");
    eves = open(eve);
    awaitState(eve, "waiting");
    assertEquals(place, redis.execute("HGET", "{pool}:ticket:" + eve, "place").toString());
    assertEquals(1012, eves.closeCode()); // the last moment: nobody stays behind
  }
}
