package randomchat.chat.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static randomchat.chat.channel.ScriptBench.ANN;
import static randomchat.chat.channel.ScriptBench.BOB;
import static randomchat.chat.channel.ScriptBench.MESSAGES;
import static randomchat.chat.channel.ScriptBench.META;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import jakarta.inject.Inject;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import randomchat.kit.testing.RedisResource;

@QuarkusTest
@WithTestResource(value = RedisResource.class, scope = TestResourceScope.GLOBAL)
class PostScriptTest {

  @Inject ScriptBench bench;

  @BeforeEach
  void start() {
    bench.start();
  }

  @AfterEach
  void everyKeyExpires() {
    bench.stop();
  }

  @Test
  void messages_getPositionsWithoutAGap_andAreHeardInOrder() {
    bench.open();
    for (int i = 1; i <= 20; i++) {
      assertEquals("stored", bench.post(i % 2 == 0 ? ANN : BOB, "c", i));
      String event = bench.heard();
      assertTrue(event.startsWith("m " + i + " "), event);
      assertTrue(event.contains("{\"message_id\":\"" + i + "\",\"time\":"), event);
    }
    assertEquals("20", bench.meta("head"));
    List<StoredMessage> kept = bench.read(ANN, new Place(0, -1, -1), 64).messages();
    assertEquals(20, kept.size());
    for (int i = 0; i < 20; i++) {
      assertEquals(i + 1, kept.get(i).position());
      assertTrue(i == 0 || kept.get(i).time() >= kept.get(i - 1).time());
    }
  }

  @Test
  void aCounterThatIsNotHigher_isARepeat_inTheScopeOfItsSenderAndClient() {
    bench.open();
    assertEquals("stored", bench.post(ANN, "c", 5));
    bench.heard();
    assertEquals("repeat", bench.post(ANN, "c", 5));
    assertEquals("repeat", bench.post(ANN, "c", 4));
    bench.heardNothingElse();
    assertEquals("stored", bench.post(BOB, "c", 5));
    assertEquals("stored", bench.post(ANN, "d", 1));
    assertEquals("stored", bench.post(ANN, "c", 999_999_999_999_999L));
    assertEquals("repeat", bench.post(ANN, "c", 999_999_999_999_999L));
    assertEquals("4", bench.meta("head"));
  }

  @Test
  void toAChannelThatEndedOrHasNoRecord_nothingIsWritten() {
    assertEquals("missing", bench.post(ANN, "c", 1));
    bench.assertGone(META);
    bench.open();
    bench.end(BOB, "r");
    bench.heard();
    String before = bench.meta();
    assertEquals("ended", bench.post(ANN, "c", 1));
    assertEquals(before, bench.meta());
    bench.assertGone(MESSAGES);
    bench.heardNothingElse();
  }

  @Test
  void oneClientIdTooMany_isRefused_andTheKnownOnesGoOn() {
    bench.open();
    for (int i = 0; i < 3; i++) {
      assertEquals("stored", bench.post(ANN, "c" + i, 1, 500, 3));
    }
    String before = bench.meta();
    assertEquals("crowded", bench.post(ANN, "c3", 1, 500, 3));
    assertEquals(before, bench.meta());
    assertEquals("stored", bench.post(ANN, "c0", 2, 500, 3));
    assertEquals("stored", bench.post(BOB, "c3", 1, 500, 3));
  }

  @Test
  void theOldest_areTrimmed_andPositionsGoOn() {
    bench.open();
    for (int i = 1; i <= 450; i++) {
      assertEquals("stored", bench.post(ANN, "c", i, 10, 3));
    }
    long kept = bench.redis(Command.XLEN, MESSAGES).toLong();
    assertTrue(kept >= 10 && kept < 250, kept + " kept");
    assertEquals("450", bench.meta("head"));
  }

  @Test
  void timeNeverGoesBack_alsoWhenTheClockOfRedisDoes() {
    bench.open();
    String future = String.valueOf(System.currentTimeMillis() + 100_000);
    bench.setMeta("time", future);
    bench.post(ANN, "c", 1);
    assertTrue(bench.heard().startsWith("m 1 " + future + " "));
    assertEquals(future, bench.meta("time"));
  }

  @Test
  void whatFails_hasWrittenNothing() {
    bench.open();
    bench.redis(Command.SETEX, MESSAGES, "60", "not a stream");
    String before = bench.meta();
    assertThrows(IllegalStateException.class, () -> bench.post(ANN, "c", 1));
    assertEquals(before, bench.meta());
    bench.heardNothingElse();
  }

  @Test
  void echo_findsWhatAKeyOfItsSenderStored_whileItIsKept() {
    bench.open();
    bench.post(ANN, "c", 1);
    bench.post(BOB, "c", 2);
    bench.post(ANN, "c", 12);
    StoredMessage found = kept(bench.echo(ANN, "c", 1));
    assertEquals(1, found.position());
    assertEquals(ScriptBench.tail(ANN, "c:1"), found.tail());
    assertEquals(3, kept(bench.echo(ANN, "c", 12)).position());
    bench.redis(Command.XTRIM, MESSAGES, "MAXLEN", "1");
    assertEquals(new Echo.Unknown(), bench.echo(ANN, "c", 1));
  }

  @Test
  void echo_knowsThatAKeyWasPassedOver_asLongAsWhatIsKeptShowsIt() {
    bench.open();
    bench.post(ANN, "c", 1);
    bench.post(BOB, "c", 2);
    bench.post(ANN, "d", 3);
    bench.post(ANN, "c", 5);
    assertEquals(new Echo.Never(), bench.echo(ANN, "c", 3));
    assertEquals(new Echo.Never(), bench.echo(ANN, "c", 0)); // all that was ever said is kept
    bench.redis(Command.XTRIM, MESSAGES, "MAXLEN", "3");
    assertEquals(new Echo.Unknown(), bench.echo(ANN, "c", 3));
    bench.post(ANN, "c", 8);
    assertEquals(new Echo.Never(), bench.echo(ANN, "c", 7));
  }

  @Test
  void echo_findsTheOldestToo_howeverManyCameAfterIt() {
    bench.open();
    for (int i = 1; i <= 301; i++) {
      bench.post(i % 100 == 1 ? ANN : BOB, "c", i);
    }
    for (int i : List.of(1, 101, 201, 301)) {
      assertEquals(i, kept(bench.echo(ANN, "c", i)).position());
    }
    for (int i : List.of(2, 102, 202)) {
      assertEquals(new Echo.Never(), bench.echo(ANN, "c", i));
    }
  }

  @Test
  void echo_ofTheNewest_costsNoMoreAmongMany() {
    bench.open();
    bench.addMessages(200); // more than are looked at together
    bench.post(ANN, "c", 1);
    double few = microsOfAnEcho(1);
    bench.addMessages(100_000);
    bench.post(ANN, "c", 2);
    double many = microsOfAnEcho(2);
    assertTrue(many < 3 * few, few + " µs among 200, " + many + " among 100,000");
  }

  /** As Redis measures it, which sees nothing of the way there. */
  private double microsOfAnEcho(int counter) {
    kept(bench.echo(ANN, "c", counter)); // Redis knows the script from now on
    bench.redis(Command.CONFIG, "RESETSTAT");
    for (int i = 0; i < 50; i++) {
      kept(bench.echo(ANN, "c", counter));
    }
    String stats = bench.redis(Command.INFO, "commandstats").toString();
    Matcher each = Pattern.compile("cmdstat_evalsha:.*usec_per_call=([0-9.]+)").matcher(stats);
    assertTrue(each.find(), stats);
    return Double.parseDouble(each.group(1));
  }

  private static StoredMessage kept(Echo echo) {
    return assertInstanceOf(Echo.Kept.class, echo).message();
  }
}
