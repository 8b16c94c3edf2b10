package randomchat.chat.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static randomchat.chat.channel.ScriptBench.ANN;
import static randomchat.chat.channel.ScriptBench.BOB;
import static randomchat.chat.channel.ScriptBench.PRESENCE;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import randomchat.kit.testing.RedisResource;

@QuarkusTest
@WithTestResource(value = RedisResource.class, scope = TestResourceScope.GLOBAL)
class PresenceScriptsTest {

  @Inject ScriptBench bench;

  @BeforeEach
  void start() {
    bench.start();
  }

  @AfterEach
  void everyKeyExpires() {
    bench.stop();
  }

  private static final String OVER = "1"; // a deadline long ago

  private void oldLease(String entry) {
    bench.redis(Command.ZADD, PRESENCE, OVER, entry);
    bench.redis(Command.EXPIRE, PRESENCE, "60");
  }

  @Test
  void theFirstConnectionOfAUser_isTold_theSecondIsNot() {
    bench.open();
    assertEquals("open", bench.renew(10_000, false, "11:1:a"));
    assertEquals("p 11 joined", bench.heard());
    bench.renew(10_000, false, "11:1:a");
    bench.renew(10_000, false, "11:2:b");
    bench.heardNothingElse();
    assertEquals(2, bench.redis(Command.ZCARD, PRESENCE).toInteger());
  }

  @Test
  void whatIsMissing_isRestored() {
    bench.open();
    bench.renew(10_000, false, "11:1:a", "22:1:b");
    bench.heard();
    bench.heard();
    bench.redis(Command.DEL, PRESENCE);
    bench.renew(10_000, true, "11:1:a");
    assertEquals("p 11 joined", bench.heard());
    assertEquals(List.of(ANN), bench.read(BOB, Place.NOW, 1).online());
  }

  @Test
  void anExpiredLease_isTakenAwayAndTold_byWhoMayAndIsFreshItself() {
    bench.open();
    bench.renew(10_000, false, "11:1:a");
    oldLease("22:1:b");
    bench.heard();
    bench.renew(10_000, false, "11:1:a");
    bench.heardNothingElse();
    bench.renew(10_000, true, "11:1:a");
    assertEquals("p 22 offline", bench.heard());
    bench.renew(10_000, true, "11:1:a");
    bench.heardNothingElse();
  }

  @Test
  void aRequestThatWaitedThroughAnOutage_takesNobodysLeaseAway() {
    bench.open();
    oldLease("11:1:a");
    oldLease("22:1:b");
    bench.renew(10_000, true, "11:1:a");
    bench.heardNothingElse();
    assertEquals(2, bench.redis(Command.ZCARD, PRESENCE).toInteger());
    bench.renew(10_000, true, "11:9:new"); // a connection that has just come knows nothing
    bench.heardNothingElse();
  }

  @Test
  void ofARequestThatWaited_oneFreshLeaseIsNotEnough() {
    bench.open();
    oldLease("11:1:a");
    oldLease("22:1:b");
    bench.renew(10_000, false, "11:2:new");
    bench.renew(10_000, true, "11:1:a", "11:2:new");
    bench.heardNothingElse();
    assertEquals(3, bench.redis(Command.ZCARD, PRESENCE).toInteger());
  }

  @Test
  void anExpiredLease_ofAUserWithAnother_isNotTold() {
    bench.open();
    bench.renew(10_000, false, "11:1:a", "22:2:c");
    bench.heard();
    bench.heard();
    oldLease("22:1:b");
    bench.renew(10_000, true, "11:1:a");
    bench.heardNothingElse();
    assertEquals(2, bench.redis(Command.ZCARD, PRESENCE).toInteger());
  }

  @Test
  void theNinthConnection_takesThePlaceOfTheOldest() {
    bench.open();
    for (int i = 1; i <= 8; i++) {
      bench.renew(10_000, false, "11:" + (100 - i) + ":c" + i);
    }
    bench.heard();
    bench.heardNothingElse();
    bench.renew(10_000, false, "11:200:c9");
    assertEquals("x 11:92:c8", bench.heard());
    assertEquals(8, bench.redis(Command.ZCARD, PRESENCE).toInteger());
    bench.heardNothingElse();
  }

  @Test
  void withoutAnOpenRecord_nothingIsWritten() {
    assertEquals("missing", bench.renew(10_000, true, "11:1:a"));
    assertEquals(0, bench.redis(Command.DBSIZE).toInteger());
    bench.open();
    bench.end(ANN, "r");
    assertEquals("ended", bench.renew(10_000, true, "11:1:a"));
    bench.assertGone(PRESENCE);
  }

  @Test
  void whatFails_hasWrittenNothing() {
    bench.open();
    bench.redis(Command.SETEX, PRESENCE, "60", "not a set");
    assertThrows(IllegalStateException.class, () -> bench.renew(10_000, true, "11:1:a"));
    bench.heardNothingElse();
  }

  @Test
  void departing_isToldWhenItWasTheLast_once() {
    bench.open();
    bench.renew(10_000, false, "11:1:a", "11:2:b");
    bench.heard();
    assertEquals(1, bench.depart(ANN, "11:1:a"));
    bench.heardNothingElse();
    assertEquals(1, bench.depart(ANN, "11:2:b"));
    assertEquals("p 11 offline", bench.heard());
    assertEquals(0, bench.depart(ANN, "11:2:b"));
    bench.heardNothingElse();
  }
}
