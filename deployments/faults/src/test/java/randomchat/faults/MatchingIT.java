package randomchat.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import randomchat.faults.fleet.Database;
import randomchat.faults.fleet.ProcessFleet;
import randomchat.faults.fleet.Replica;
import randomchat.faults.load.Crowd;
import randomchat.faults.load.Seeker;
import randomchat.kit.testing.Await;

/** A crowd looks for somebody while their networks break, their tabs double and replicas die. */
@Isolated
class MatchingIT {

  private static final int LIVE = Suite.isLong() ? 1_800 : 360;
  private static final int GHOSTS = LIVE / 9;
  private static final int BLOCKS = LIVE / 18;
  private static final int JOIN_MILLIS = 6_000; // over which they come
  private static final int KILLS = 2;
  private static final int SECONDS = 60;
  private static final int MEET_AGAIN = 2; // the last in the line have nobody else

  private final Random random = new Random(Suite.seed());

  @Test
  void everybody_who_is_there_finds_one_who_is_there() {
    everybodyFindsSomebody(Database.Single.start());
  }

  @Test
  @Tag("long")
  void everybody_who_is_there_finds_one_who_is_there_on_a_cluster() {
    everybodyFindsSomebody(Database.Cluster.start());
  }

  private void everybodyFindsSomebody(Database database) {
    try (ProcessFleet fleet = ProcessFleet.start(database, 1, 2);
        Crowd crowd = new Crowd(fleet, random.nextLong())) {
      Replica users = fleet.with("user-service");
      List<Seeker> live = crowd.seekers(users, LIVE);
      List<Seeker> ghosts = crowd.seekers(users, GHOSTS);
      each(crowd, ghosts, Seeker::haunt);
      memory(fleet, users, "at the start");

      meet(fleet, crowd, live);
      Map<String, String> first = check(crowd, live, ghosts);
      Map<String, String> blocked = block(crowd, live);
      List<Seeker> onesOfTwo =
          live.stream().filter(seeker -> seeker.id().compareTo(seeker.peer()) < 0).toList();
      assertAll(204, crowd, onesOfTwo, Seeker::leave);

      meet(fleet, crowd, live);
      Map<String, String> second = check(crowd, live, ghosts);
      long again =
          second.entrySet().stream()
              .filter(e -> e.getValue().equals(first.get(e.getKey())))
              .count();
      System.out.printf("met again %d of %d%n", again, LIVE);
      assertTrue(again <= MEET_AGAIN, again + " met whom they had just met");
      blocked.forEach((one, other) -> assertNotEquals(other, second.get(one), "was blocked"));
      memory(fleet, users, "at the end");
    }
  }

  private static void memory(ProcessFleet fleet, Replica users, String when) {
    fleet.matches().forEach(it -> System.out.printf("match %s: %d MB%n", when, it.memory() >> 20));
    System.out.printf("user %s: %d MB%n", when, users.memory() >> 20);
  }

  /** All come within some seconds, while everything goes wrong that can. */
  private void meet(ProcessFleet fleet, Crowd crowd, List<Seeker> live) {
    long start = System.nanoTime();
    crowd.run(
        () -> {
          for (Seeker seeker : live) {
            int at = random.nextInt(JOIN_MILLIS);
            crowd.later(at, seeker::seek);
            switch (random.nextInt(10)) {
              case 0 -> crowd.later(at + random.nextInt(1_000), seeker::seekTwice);
              case 1 -> crowd.later(at + random.nextInt(1_000), seeker::cut);
              case 2 -> {
                crowd.later(at + 1 + random.nextInt(20), seeker::seekTwice);
                crowd.later(at + 1 + random.nextInt(50), seeker::cut);
              }
              default -> {}
            }
          }
        });
    for (int i = 0; i < KILLS; i++) {
      Fault.pause(JOIN_MILLIS / (KILLS + 1));
      Replica replica = fleet.matches().get(i % fleet.matches().size());
      replica.kill();
      replica.start();
    }
    Await.until(
        () -> "all have met: " + crowd.onLoop(() -> alone(live).stream().limit(5).toList()),
        SECONDS,
        () -> crowd.onLoop(() -> alone(live).isEmpty()));
    System.out.printf(
        "%d met, the last after %d ms%n",
        live.size(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
  }

  private static List<Seeker> alone(List<Seeker> live) {
    return live.stream().filter(seeker -> seeker.peer() == null).toList();
  }

  /** Who met whom. */
  private static Map<String, String> check(Crowd crowd, List<Seeker> live, List<Seeker> ghosts) {
    return crowd.onLoop(
        () -> {
          Map<String, Seeker> byId =
              live.stream().collect(Collectors.toMap(Seeker::id, seeker -> seeker));
          Map<String, String> met = new HashMap<>();
          for (Seeker seeker : live) {
            assertEquals(1, seeker.channels().size(), () -> "one channel: " + seeker);
            assertNotEquals(seeker.id(), seeker.peer());
            Seeker peer = byId.get(seeker.peer());
            assertTrue(peer != null, () -> "a ghost was met by " + seeker);
            assertEquals(seeker.id(), peer.peer(), () -> seeker + " and " + peer);
            assertEquals(seeker.channels(), peer.channels(), () -> seeker + " and " + peer);
            met.put(seeker.id(), seeker.peer());
          }
          ghosts.forEach(ghost -> assertTrue(ghost.channels().isEmpty(), ghost::toString));
          return met;
        });
  }

  private static Map<String, String> block(Crowd crowd, List<Seeker> live) {
    Map<String, String> blocked = new HashMap<>();
    for (Seeker seeker : live.subList(0, BLOCKS)) {
      blocked.put(seeker.id(), seeker.peer());
      blocked.put(seeker.peer(), seeker.id());
    }
    assertAll(204, crowd, live.subList(0, BLOCKS), Seeker::block);
    return blocked;
  }

  private static void assertAll(
      int status, Crowd crowd, List<Seeker> seekers, Function<Seeker, Future<Integer>> request) {
    List<Future<Integer>> answers = crowd.onLoop(() -> seekers.stream().map(request).toList());
    answers.forEach(
        answer -> assertEquals(status, answer.toCompletionStage().toCompletableFuture().join()));
  }

  private static void each(Crowd crowd, List<Seeker> seekers, Consumer<Seeker> action) {
    crowd.run(() -> seekers.forEach(action));
  }
}
