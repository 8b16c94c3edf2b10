package randomchat.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import randomchat.kit.testing.RedisResource;
import randomchat.user.avatar.Seed;

@QuarkusTest
@QuarkusTestResource(RedisResource.class)
class UserScriptsTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final User ANN = new User(new UserId("11"), "Ann", new Seed("00000000000000aa"));

  @Inject UserScripts scripts;
  @Inject RedisDataSource redis;

  @BeforeEach
  void empty() {
    redis.flushall();
  }

  @Test
  void create_recordsNameSeedAndTime_forALifetime() {
    assertTrue(get(scripts.create(ANN, HOUR)));
    var record = redis.hash(String.class).hgetall("user:{11}");
    assertEquals(Set.of("name", "seed", "created"), record.keySet());
    assertEquals("Ann", record.get("name"));
    long age = System.currentTimeMillis() - Long.parseLong(record.get("created"));
    assertTrue(Math.abs(age) < 60_000, "created " + age + " ms ago");
    assertTrue(redis.key().ttl("user:{11}") > 3590);
  }

  @Test
  void create_repeated_isStillCreated() {
    get(scripts.create(ANN, HOUR));
    assertTrue(get(scripts.create(ANN, HOUR)));
  }

  @Test
  void create_ofATakenId_leavesItsOwnerAlone() {
    get(scripts.create(ANN, HOUR));
    User other = new User(ANN.id(), "Bob", new Seed("00000000000000bb"));
    assertFalse(get(scripts.create(other, HOUR)));
    assertEquals(Optional.of(ANN), get(scripts.find(ANN.id(), HOUR)));
  }

  @Test
  void find_letsTheRecordLiveOn() {
    get(scripts.create(ANN, Duration.ofSeconds(5)));
    assertEquals(Optional.of(ANN), get(scripts.find(ANN.id(), HOUR)));
    assertTrue(redis.key().ttl("user:{11}") > 3590);
  }

  @Test
  void find_ofNobody_isEmpty_andMakesNoKey() {
    assertEquals(Optional.empty(), get(scripts.find(new UserId("12"), HOUR)));
    assertEquals(0, redis.key().keys("*").size());
  }

  @Test
  void remove_twice_isDone() {
    get(scripts.create(ANN, HOUR));
    get(scripts.remove(ANN.id()));
    get(scripts.remove(ANN.id()));
    assertEquals(0, redis.key().keys("*").size());
  }

  private static <T> T get(Uni<T> uni) {
    return uni.await().atMost(Duration.ofSeconds(6));
  }
}
