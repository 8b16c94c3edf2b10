package randomchat.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import randomchat.faults.attack.Attack;
import randomchat.faults.attack.Attackers;
import randomchat.faults.attack.Pulse;
import randomchat.faults.fleet.Database;
import randomchat.faults.fleet.ProcessFleet;
import randomchat.faults.fleet.ProcessReplica;
import randomchat.kit.testing.RedisServer;

/**
 * Strangers who do their worst to a replica that has no gateway before it: its memory stays below
 * what it is given in production, and people in its other rooms are served as before, or as well as
 * those of a replica that nobody attacks, on a Redis of its own.
 */
@Tag("long")
@Isolated
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BoundsIT {

  private static final long MOST_RESIDENT_MB = 512; // as in k8s/base/chat.yaml
  private static final long MOST_HEAP_MB = 256; // -Xmx
  private static final double MOST_TIMES = 2;

  /** Times below it are as good as none: what a busy machine does between two turns. */
  private static final double NOTHING_MILLIS = 10;

  /** An attack goes on; what its beginning cost is over after so many measurements. */
  private static final int MEASUREMENTS = 5;

  private static final int WARM_UPS = 3;
  private static final int LEASE_SECONDS = 10; // the default: what renewing costs counts here

  private Side attacked;
  private Side spared;

  /** A replica of its own, and people who talk there. */
  private record Side(ProcessFleet fleet, Pulse pulse) {

    static Side start() {
      ProcessFleet fleet =
          ProcessFleet.start(new Database.Single(RedisServer.start()), 1, 0, LEASE_SECONDS);
      return new Side(fleet, new Pulse(fleet.chats().getFirst().url("/api/chat")));
    }

    ProcessReplica chat() {
      return fleet.chats().getFirst();
    }

    void close() {
      pulse.close();
      fleet.close();
    }
  }

  /** The 99th percentiles of delivery times on both sides at the same time, milliseconds. */
  private record Times(double attacked, double spared) {

    /** How much slower the attacked side is than it was, or than the other side is. */
    double times(Times before) {
      return attacked / Math.max(NOTHING_MILLIS, Math.max(before.attacked, spared));
    }
  }

  @BeforeAll
  void open() {
    attacked = Side.start();
    spared = Side.start();
    for (int i = 0; i < WARM_UPS; i++) {
      measure();
    }
  }

  @AfterAll
  void close() {
    attacked.close();
    spared.close();
  }

  @ParameterizedTest
  @EnumSource
  void memory_and_others_are_safe_from(Attack attack) {
    ProcessReplica chat = attacked.chat();
    try (Attackers attackers = new Attackers(chat.url("/api/chat"))) {
      attack.prepare(attackers);
      Times before = measure();
      long residentBefore = chat.memory() >> 20;
      attack.begin(attackers, Suite.isLong());
      Times first = measure();
      Times during = first;
      for (int i = 1; i < MEASUREMENTS && during.times(before) > MOST_TIMES; i++) {
        during = measure();
      }
      long resident = chat.memory() >> 20;
      long heap = chat.heap() >> 20;
      System.out.printf(
          "%s | held %d | sent away %d | resident %d -> %d MB | heap %d MB"
              + " | p99 %.1f -> at first %.1f, then %.1f ms (elsewhere %.1f -> %.1f)%n",
          attack,
          attackers.holding(),
          attackers.sentAway(),
          residentBefore,
          resident,
          heap,
          before.attacked(),
          first.attacked(),
          during.attacked(),
          before.spared(),
          during.spared());
      assertTrue(during.times(before) <= MOST_TIMES, "others wait: " + during);
      assertTrue(resident <= MOST_RESIDENT_MB, "resident MB: " + resident);
      assertTrue(heap <= MOST_HEAP_MB, "heap MB: " + heap);
    }
    assertEquals(0, attacked.pulse().lost(), "connections of others that ended");
    assertFalse(chat.output().contains(" lost the "), "it kept its connections to Redis");
    chat.awaitReady();
  }

  private Times measure() {
    var elsewhere = CompletableFuture.supplyAsync(spared.pulse()::p99Millis);
    return new Times(attacked.pulse().p99Millis(), elsewhere.join());
  }
}
