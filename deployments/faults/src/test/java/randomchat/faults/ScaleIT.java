package randomchat.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import randomchat.faults.fleet.Database;
import randomchat.faults.fleet.ProcessFleet;
import randomchat.faults.fleet.Replica;
import randomchat.faults.load.Crowd;
import randomchat.faults.load.Ledger;
import randomchat.faults.load.Seeker;
import randomchat.kit.testing.Await;

/** The same load on more replicas: what a delivery and a match cost on each number of them. */
@Tag("long")
@Isolated
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ScaleIT {

  private static final int ROOMS = 100;
  private static final int WARM_UP_MILLIS = 60_000; // for each replica: each compiles for itself
  private static final int TALK_MILLIS = 30_000;
  private static final int SEEKERS = 1_000;
  private static final int WARM_UPS = 4; // rounds of so many seekers
  private static final int IDLE_PART = 20; // of the CPU time of a replica at work

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void nothing_is_lost_or_refused_on_chat_replicas(int replicas) {
    try (ProcessFleet fleet = ProcessFleet.start(Database.Single.start(), replicas, 0);
        Crowd crowd = new Crowd(fleet, 1)) {
      crowd.open(ROOMS);
      talk(crowd, replicas * WARM_UP_MILLIS);
      long before = cpu(fleet.chats());
      long deliveries = Ledger.of(crowd).deliveries();
      talk(crowd, TALK_MILLIS);
      long cpu = cpu(fleet.chats()) - before;
      Ledger ledger = Ledger.of(crowd);
      assertTrue(ledger.isClean(), ledger::toString);
      assertEquals(0, ledger.resets());
      System.out.printf(
          "%d chat replicas: %d deliveries, %.0f µs CPU each%n",
          replicas,
          ledger.deliveries() - deliveries,
          1000.0 * cpu / (ledger.deliveries() - deliveries));
    }
  }

  @Test
  void a_replica_without_a_member_does_no_work_for_a_channel() {
    try (ProcessFleet fleet = ProcessFleet.start(Database.Single.start(), 2, 0);
        Crowd crowd = new Crowd(fleet, 1)) {
      Replica idle = fleet.chats().getFirst();
      idle.takesClients(false);
      crowd.open(ROOMS);
      talk(crowd, WARM_UP_MILLIS);
      long idleBefore = idle.cpuMillis();
      long before = cpu(fleet.chats()) - idleBefore;
      talk(crowd, TALK_MILLIS);
      long worked = cpu(fleet.chats()) - idle.cpuMillis() - before;
      long idled = idle.cpuMillis() - idleBefore;
      System.out.printf(
          "CPU of a replica with all members %d ms, with none %d ms%n", worked, idled);
      assertTrue(idled < worked / IDLE_PART, idled + " of " + worked);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void everybody_is_matched_on_match_replicas(int replicas) {
    try (ProcessFleet fleet = ProcessFleet.start(Database.Single.start(), 0, replicas);
        Crowd crowd = new Crowd(fleet, 1)) {
      Replica users = fleet.with("user-service");
      for (int i = 0; i < WARM_UPS; i++) {
        match(crowd, crowd.seekers(users, SEEKERS));
      }
      List<Seeker> seekers = crowd.seekers(users, SEEKERS);
      long before = cpu(fleet.matches());
      long start = System.nanoTime();
      match(crowd, seekers);
      System.out.printf(
          "%d match replicas: %d matches in %d ms, %.1f ms CPU each%n",
          replicas,
          SEEKERS / 2,
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start),
          2.0 * (cpu(fleet.matches()) - before) / SEEKERS);
    }
  }

  private static void talk(Crowd crowd, int millis) {
    crowd.talk();
    Fault.pause(millis);
    crowd.settle(20);
  }

  private static void match(Crowd crowd, List<Seeker> seekers) {
    Random random = new Random(1);
    crowd.run(() -> seekers.forEach(seeker -> crowd.later(random.nextInt(5_000), seeker::seek)));
    Await.until(
        "all are matched",
        60,
        () -> crowd.onLoop(() -> seekers.stream().allMatch(seeker -> seeker.peer() != null)));
  }

  private static long cpu(List<? extends Replica> replicas) {
    return replicas.stream().mapToLong(Replica::cpuMillis).sum();
  }
}
