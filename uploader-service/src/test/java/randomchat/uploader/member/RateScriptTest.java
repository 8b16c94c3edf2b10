package randomchat.uploader.member;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import randomchat.kit.config.Settings;
import randomchat.kit.redis.RedisLink;
import randomchat.kit.testing.Await;
import randomchat.uploader.ChannelId;
import randomchat.uploader.UploaderKeys;
import randomchat.uploader.UploaderTest;

@QuarkusTest
class RateScriptTest extends UploaderTest {

  @Inject Vertx vertx;
  @Inject RedisLink link;

  private RateScript rule(String rps, String burst) {
    Map<String, String> values = Map.of("UPLOAD_RPS", rps, "UPLOAD_BURST", burst);
    return new RateScript(vertx, link, new Settings(name -> Optional.ofNullable(values.get(name))));
  }

  @Test
  void aBucket_givesItsBurst_thenFillsUp() throws Exception {
    RateScript rate = rule("4", "3");
    Member ann = new Member("11", openChannel());
    assertEquals(3, taken(rate, ann, 10));
    Await.until("a token is back", 1, () -> taken(rate, ann, 1) == 1);
  }

  @Test
  void membersAndChannels_haveBucketsOfTheirOwn_thatExpire() {
    RateScript rate = rule("1", "2");
    ChannelId channel = openChannel();
    assertEquals(2, taken(rate, new Member("11", channel), 5));
    assertEquals(2, taken(rate, new Member("22", channel), 5));
    assertEquals(2, taken(rate, new Member("11", openChannel()), 5));
    long seconds = redis.key().ttl(UploaderKeys.rate(channel, "11"));
    assertTrue(seconds > 0 && seconds <= 3, seconds + " s");
  }

  private static int taken(RateScript rate, Member member, int times) {
    int taken = 0;
    for (int i = 0; i < times; i++) {
      taken += rate.take(member) ? 1 : 0;
    }
    return taken;
  }
}
