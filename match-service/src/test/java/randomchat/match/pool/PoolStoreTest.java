package randomchat.match.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolStoreTest extends PoolTest {

  private static final int DEAD = 60; // less than a look's candidates, more than half of them

  @Test
  void all_late_pairings_are_undone_at_once() {
    List<ChannelId> late = new ArrayList<>();
    for (int user = 1; user <= 5 * PoolStore.MOST_PAIRINGS; user += 2) {
      late.add(pair("" + user, "" + (user + 1)));
    }
    late.forEach(PoolTest::passDeadline);
    RealPool.get(pool.store(calm()).sweep());
    assertEquals(0, pool.command("ZCARD", "{pool}:pairings").toInteger());
  }

  @Test
  void the_dead_are_taken_out_by_those_who_meet_them() {
    Ticket looks = amongTheDead();
    assertInstanceOf(
        Standing.Waiting.class, RealPool.get(pool.store(calm()).seek(List.of(looks))).getFirst());
    assertEquals(1, pool.command("ZCARD", "{pool}:tickets").toInteger());
  }

  @Test
  void a_look_that_met_all_is_the_last_while_the_dead_may_be_alive() {
    Ticket looks = amongTheDead();
    Outage start = new Outage(RealPool.SETTINGS);
    pool.command("CONFIG", "RESETSTAT");
    RealPool.get(pool.store(start).seek(List.of(looks)));
    assertEquals(DEAD + 1, pool.command("ZCARD", "{pool}:tickets").toInteger());
    assertTrue(calls("hmget") <= DEAD + 2, "tickets looked at: " + calls("hmget"));
  }

  private static Ticket amongTheDead() {
    for (int user = 1; user <= DEAD; user++) {
      join("" + user);
      endLease("" + user);
    }
    join("100");
    return RealPool.ticket("100", "c100");
  }

  /** Of a Redis that has been there for long. */
  private static Outage calm() {
    long[] nanos = {0};
    Outage outage = new Outage(RealPool.SETTINGS, () -> nanos[0]);
    for (long lease = RealPool.SETTINGS.lease().toNanos();
        nanos[0] <= lease;
        nanos[0] += lease / 4) {
      outage.onAnswer();
    }
    return outage;
  }
}
