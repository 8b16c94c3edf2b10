package randomchat.chat.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static randomchat.chat.channel.ScriptBench.ANN;
import static randomchat.chat.channel.ScriptBench.BOB;
import static randomchat.chat.channel.ScriptBench.MESSAGES;
import static randomchat.chat.channel.ScriptBench.META;
import static randomchat.chat.channel.ScriptBench.PRESENCE;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import randomchat.kit.testing.RedisResource;

@QuarkusTest
@WithTestResource(value = RedisResource.class, scope = TestResourceScope.GLOBAL)
class LifeScriptsTest {

  @Inject ScriptBench bench;

  @BeforeEach
  void start() {
    bench.start();
  }

  @AfterEach
  void everyKeyExpires() {
    bench.stop();
  }

  private static String state(Response arrival) {
    return arrival.get(0).toString();
  }

  @Test
  void open_makesARecordThatOutlivesTheTokens_andRemovesWhatWasLeftOver() {
    bench.redis(Command.XADD, MESSAGES, "7-0", "t", "1", "u", "11", "d", "x}");
    long expiresAt = System.currentTimeMillis() / 1000 + 500;
    assertEquals("open", bench.open(expiresAt));
    bench.assertGone(MESSAGES);
    long ttl = bench.redis(Command.TTL, META).toLong();
    assertTrue(ttl > 4090 && ttl <= 4100, "expires in " + ttl);
    bench.post(ANN, "c", 1);
    String before = bench.meta();
    assertEquals("open", bench.open(expiresAt + 900));
    assertEquals(before, bench.meta());
    assertTrue(bench.redis(Command.TTL, META).toLong() <= 4100, "its expiry is fixed");
  }

  @Test
  void theSecondToCome_completesTheChannel() {
    assertEquals("missing", state(bench.enter(ANN, 60_000)));
    bench.open();
    assertEquals("open", state(bench.enter(ANN, 60_000)));
    assertEquals("open", state(bench.enter(ANN, 60_000)));
    assertEquals("open", bench.renew(10_000, false, "11:1:a"));
    assertEquals("complete", state(bench.enter(BOB, 60_000)));
    assertEquals("complete", bench.renew(10_000, false, "11:1:a"));
    bench.setMeta("first_time", "1");
    assertEquals("complete", state(bench.enter(ANN, 60_000)));
  }

  @Test
  void theFirst_isAloneAfterAMinute_whoeverAsks() {
    bench.open();
    bench.enter(ANN, 60_000);
    String aMinuteAgo = String.valueOf(System.currentTimeMillis() - 61_000);
    bench.setMeta("first_time", aMinuteAgo);
    String before = bench.meta();
    assertEquals("alone", state(bench.enter(ANN, 60_000)));
    assertEquals("alone", state(bench.enter(BOB, 60_000)));
    assertEquals(before, bench.meta());
  }

  @Test
  void whoComes_isToldTheHead() {
    bench.open();
    assertEquals("0", bench.enter(ANN, 60_000).get(1).toString());
    bench.post(ANN, "c", 1);
    bench.post(ANN, "c", 2);
    Response arrival = bench.enter(BOB, 60_000);
    assertEquals("2", arrival.get(1).toString());
    assertEquals(bench.meta("time"), arrival.get(2).toString());
    assertEquals("0", arrival.get(3).toString());
    bench.seen(BOB, 1);
    assertEquals("1", bench.enter(ANN, 60_000).get(3).toString());
    assertEquals("0", bench.enter(BOB, 60_000).get(3).toString());
    long now = bench.redis(Command.TIME).get(0).toLong();
    assertEquals(now, bench.enter(ANN, 60_000).get(4).toLong() / 1000, 1);
  }

  @Test
  void whatIsKnownOfALostRecord_completesTheNewOne() {
    bench.open();
    assertEquals("complete", state(bench.enter(ANN, 60_000, true)));
    assertEquals("complete", state(bench.enter(ANN, 60_000)));
  }

  @Test
  void anEnd_isForGood_andAnsweredTheSameToTheSameRequest() {
    bench.open();
    bench.post(ANN, "c", 1);
    bench.heard();
    bench.renew(10_000, false, "11:1:a");
    bench.heard();
    assertEquals(1, bench.end(ANN, "r1"));
    assertEquals("l 11", bench.heard());
    bench.assertGone(MESSAGES);
    bench.assertGone(PRESENCE);
    assertEquals(1, bench.end(ANN, "r1"));
    assertEquals(0, bench.end(ANN, "r2"));
    assertEquals(0, bench.end(BOB, "r3"));
    bench.heardNothingElse();
    assertEquals("ended", bench.open());
    assertEquals("ended", state(bench.enter(BOB, 60_000)));
    assertEquals(ANN, bench.meta("ended_by"));
  }

  @Test
  void aChannelThatNobodyOpened_canEnd() {
    assertEquals(1, bench.end(BOB, "r"));
    assertEquals("ended", bench.open());
    assertNull(bench.meta("head"));
  }

  @Test
  void anEndIsAnnounced_toWhoCleansUp() {
    bench.announce("9");
    bench.announce("9");
    Response all = bench.redis(Command.XRANGE, "ended", "-", "+");
    assertEquals(2, all.size());
    assertEquals("channel", all.get(0).get(1).get(0).toString());
    assertEquals("9", all.get(0).get(1).get(1).toString());
  }
}
