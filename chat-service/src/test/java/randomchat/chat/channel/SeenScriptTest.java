package randomchat.chat.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static randomchat.chat.channel.ScriptBench.ANN;
import static randomchat.chat.channel.ScriptBench.BOB;
import static randomchat.chat.channel.ScriptBench.MESSAGES;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import randomchat.kit.testing.RedisResource;

@QuarkusTest
@WithTestResource(value = RedisResource.class, scope = TestResourceScope.GLOBAL)
class SeenScriptTest {

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
  void theAuthor_hearsOfEachMessageOnce_andOwnOnesDoNotCount() {
    bench.open();
    post(ANN, 1, 3);
    post(BOB, 4, 5);
    assertEquals("seen", bench.seen(BOB, 2));
    assertEquals("s 11 1,2", bench.heard());
    assertEquals("seen", bench.seen(BOB, 2));
    assertEquals("seen", bench.seen(BOB, 1));
    assertEquals("seen", bench.seen(BOB, 5));
    assertEquals("s 11 3", bench.heard());
    assertEquals("5", bench.meta("seen:22"));
    bench.heardNothingElse();
  }

  @Test
  void whatDoesNotExist_isUnknown_andChangesNothing() {
    assertEquals("missing", bench.seen(BOB, 1));
    bench.open();
    post(ANN, 1, 2);
    String before = bench.meta();
    assertEquals("unknown", bench.seen(BOB, 0));
    assertEquals("unknown", bench.seen(BOB, 3));
    assertEquals("unknown", bench.seen(BOB, 999_999_999_999_999L));
    assertEquals(before, bench.meta());
    bench.end(ANN, "r");
    assertEquals("ended", bench.seen(BOB, 1));
  }

  @Test
  void ofMany_theNewestFiftyAreTold_andAllAreMarked() {
    bench.open();
    post(ANN, 1, 120);
    assertEquals("seen", bench.seen(BOB, 120));
    String[] ids = bench.heard().substring("s 11 ".length()).split(",");
    assertEquals(50, ids.length);
    assertEquals("71", ids[0]);
    assertEquals("120", ids[49]);
    assertTrue(bench.history(ANN, "", 500, 500).peerMark() == 120);
  }

  @Test
  void whatFails_hasWrittenNothing() {
    bench.open();
    post(ANN, 1, 1);
    bench.redis(Command.SETEX, MESSAGES, "60", "not a stream");
    String before = bench.meta();
    assertThrows(IllegalStateException.class, () -> bench.seen(BOB, 1));
    assertEquals(before, bench.meta());
  }

  private void post(String user, int from, int to) {
    for (int i = from; i <= to; i++) {
      bench.post(user, "c", i);
      bench.heard();
    }
  }
}
