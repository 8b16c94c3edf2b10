package randomchat.match.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import randomchat.kit.testing.RedisServer;

/** What a join costs does not follow from how many wait. */
class PoolSizeTest {

  private static final int FEW = 100;
  private static final int MANY = 100_000;
  private static final int JOINS = 400;
  private static final int TURN = 1_000;

  /** Nobody's lease is over before all have come. */
  private static final PoolSettings LASTING =
      new PoolSettings(
          Duration.ofSeconds(300), Duration.ofHours(1), Duration.ofDays(1), Duration.ofSeconds(10));

  @Test
  void a_join_among_a_hundred_thousand_takes_less_than_twice_that_among_a_hundred() {
    try (RedisServer small = RedisServer.start();
        RedisServer large = RedisServer.start();
        RealPool few = new RealPool(small.address(), LASTING);
        RealPool many = new RealPool(large.address(), LASTING)) {
      fill(few, FEW);
      fill(many, MANY);
      assertEquals(MANY, many.command("ZCARD", "{pool}:tickets").toInteger());
      long[] amongFew = new long[JOINS];
      long[] amongMany = new long[JOINS];
      for (int i = 0; i < JOINS; i++) { // in turn, so that both have the same machine
        amongFew[i] = join(few, i);
        amongMany[i] = join(many, i);
      }
      double ratio = (double) median(amongMany) / median(amongFew);
      System.out.printf(
          "a join and its look: %d µs among %d, %d µs among %d, ratio %.2f%n",
          median(amongFew) / 1000, FEW, median(amongMany) / 1000, MANY, ratio);
      assertTrue(ratio < 2, "ratio " + ratio);
    }
  }

  /** Somebody comes, and is paired with the first in the line; another takes that one's place. */
  private static long join(RealPool pool, int number) {
    String user = "" + (10_000_000 + number);
    Ticket ticket = RealPool.ticket(user, "c" + user);
    long start = System.nanoTime();
    List<Standing> standings =
        pool.together(
            List.of(
                () -> pool.scripts().join(ticket, "r1"),
                () ->
                    pool.scripts()
                        .seek(List.of(ticket), PoolStore.MOST_CANDIDATES)
                        .map(sought -> sought.standings().getFirst())));
    long nanos = System.nanoTime() - start;
    assertInstanceOf(Standing.Reserved.class, standings.getLast());
    String next = "" + (20_000_000 + number);
    pool.join(next, "c" + next, "r1");
    return nanos;
  }

  private static void fill(RealPool pool, int tickets) {
    List<Supplier<Future<Standing>>> joins = new ArrayList<>();
    for (int user = 1; user <= tickets; user++) {
      Ticket ticket = RealPool.ticket("" + user, "c" + user, "tag" + user % 50);
      joins.add(() -> pool.scripts().join(ticket, "r1"));
      if (joins.size() == TURN || user == tickets) {
        pool.together(joins);
        joins.clear();
      }
    }
  }

  private static long median(long[] nanos) {
    Arrays.sort(nanos);
    return nanos[nanos.length / 2];
  }
}
