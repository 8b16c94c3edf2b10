package randomchat.chat.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static randomchat.chat.channel.ScriptBench.ANN;
import static randomchat.chat.channel.ScriptBench.BOB;
import static randomchat.chat.channel.ScriptBench.MESSAGES;

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
class ReadScriptTest {

  @Inject ScriptBench bench;

  @BeforeEach
  void start() {
    bench.start();
  }

  @AfterEach
  void everyKeyExpires() {
    bench.stop();
  }

  private void post(int count) {
    bench.open();
    for (int i = 1; i <= count; i++) {
      bench.post(ANN, "c", i);
    }
  }

  private long time(long position) {
    return bench.read(BOB, new Place(position - 1, -1, -1), 1).messages().getFirst().time();
  }

  @Test
  void aPlace_isReadOnFrom_ifItsTimeIsTheSame() {
    post(10);
    Snapshot snapshot = bench.read(BOB, new Place(7, time(7), -1), 64);
    assertTrue(snapshot.sameHistory());
    assertEquals(10, snapshot.head());
    assertEquals(List.of(8L, 9L, 10L), positions(snapshot));
    assertFalse(bench.read(BOB, new Place(7, time(7) + 1, -1), 64).sameHistory());
    assertFalse(bench.read(BOB, new Place(7, 0, -1), 64).sameHistory());
    assertTrue(bench.read(BOB, new Place(7, -1, -1), 64).sameHistory());
  }

  @Test
  void theHead_needsNoMessages_butItsTime() {
    post(3);
    assertTrue(bench.read(BOB, new Place(3, time(3), -1), 64).sameHistory());
    assertFalse(bench.read(BOB, new Place(3, time(3) - 1, -1), 64).sameHistory());
    bench.redis(Command.DEL, MESSAGES);
    assertTrue(bench.read(BOB, new Place(3, -1, -1), 64).sameHistory());
  }

  @Test
  void whatIsBeyondTheHead_orTrimmed_isAnotherHistory() {
    post(10);
    assertFalse(bench.read(BOB, new Place(11, -1, -1), 64).sameHistory());
    bench.redis(Command.XTRIM, MESSAGES, "MAXLEN", "4");
    assertTrue(bench.read(BOB, new Place(7, -1, -1), 64).sameHistory());
    Snapshot lost = bench.read(BOB, new Place(5, -1, -1), 64);
    assertFalse(lost.sameHistory());
    assertEquals(List.of(), lost.messages());
    assertFalse(bench.read(BOB, new Place(0, -1, -1), 64).sameHistory());
    bench.redis(Command.DEL, MESSAGES);
    assertFalse(bench.read(BOB, new Place(7, -1, -1), 64).sameHistory());
  }

  @Test
  void theBeginning_isAPlaceToo() {
    bench.open();
    assertTrue(bench.read(BOB, new Place(0, -1, -1), 64).sameHistory());
    post(2);
    assertEquals(List.of(1L, 2L), positions(bench.read(BOB, new Place(0, -1, -1), 64)));
  }

  @Test
  void aPage_isAsLongAsAskedAtLeast_andTheNextGoesOn() {
    post(10);
    Snapshot first = bench.read(BOB, new Place(2, -1, -1), 3);
    assertEquals(List.of(3L, 4L, 5L), positions(first));
    Snapshot next = bench.read(BOB, new Place(5, -1, -1), 3);
    assertEquals(List.of(6L, 7L, 8L), positions(next));
    assertEquals(10, next.head());
  }

  @Test
  void fromNow_isTheHeadAndNothingElse() {
    post(4);
    Snapshot now = bench.read(BOB, Place.NOW, 64);
    assertTrue(now.sameHistory());
    assertEquals(4, now.head());
    assertEquals(List.of(), now.messages());
    assertEquals(List.of(), now.newlySeen());
  }

  @Test
  void whatIsNewlySeen_isWhatWasNotTold() {
    post(6);
    bench.post(BOB, "c", 1);
    bench.post(ANN, "c", 7);
    bench.seen(BOB, 8);
    assertEquals(List.of("5", "6", "8"), bench.read(ANN, new Place(8, -1, 4), 64).newlySeen());
    assertEquals(List.of(), bench.read(ANN, new Place(8, -1, 8), 64).newlySeen());
    Snapshot bob = bench.read(BOB, new Place(8, -1, 0), 64);
    assertEquals(8, bob.ownMark());
    assertEquals(0, bob.peerMark());
    assertEquals(List.of(), bob.newlySeen());
  }

  @Test
  void presence_isOfUsersNotOfConnections() {
    bench.open();
    bench.renew(10_000, false, "11:1:a", "11:2:b", "22:1:c");
    assertEquals(
        List.of(ANN, BOB), bench.read(BOB, Place.NOW, 64).online().stream().sorted().toList());
  }

  @Test
  void nothingIsWritten() {
    assertEquals(ChannelState.MISSING, bench.read(BOB, new Place(3, -1, -1), 64).state());
    assertEquals(0, bench.redis(Command.DBSIZE).toInteger());
    bench.open();
    bench.end(ANN, "r");
    assertEquals(ChannelState.ENDED, bench.read(BOB, Place.NOW, 64).state());
  }

  @Test
  void history_isPagedNewestFirst_andNeverLongerThanWhatIsKept() {
    post(25);
    HistoryPage first = bench.history(BOB, "", 10, 22);
    assertEquals(25, first.messages().getFirst().position());
    assertEquals(10, first.messages().size());
    assertTrue(first.hasOlder());
    HistoryPage second = bench.history(BOB, "16", 10, 22);
    assertEquals(15, second.messages().getFirst().position());
    assertEquals(6, second.messages().getLast().position());
    assertTrue(second.hasOlder());
    HistoryPage last = bench.history(BOB, "6", 10, 22);
    assertEquals(4, last.messages().getLast().position());
    assertEquals(2, last.messages().size());
    assertFalse(last.hasOlder());
    assertEquals(List.of(), bench.history(BOB, "4", 10, 22).messages());
    assertEquals(List.of(), bench.history(BOB, "1", 10, 22).messages());
    assertEquals(10, bench.history(BOB, "999999999999999", 10, 22).messages().size());
    assertEquals(22, bench.history(BOB, "", 500, 22).messages().size());
  }

  @Test
  void history_knowsWhatWasSeenByWhom() {
    post(3);
    bench.post(BOB, "c", 1);
    bench.seen(BOB, 2);
    HistoryPage page = bench.history(ANN, "", 10, 500);
    List<Boolean> seen =
        page.messages().stream().map(m -> m.isSeen(ANN, page.ownMark(), page.peerMark())).toList();
    assertEquals(List.of(false, false, true, true), seen);
  }

  private static List<Long> positions(Snapshot snapshot) {
    return snapshot.messages().stream().map(StoredMessage::position).toList();
  }
}
