package randomchat.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import randomchat.faults.fleet.Database;
import randomchat.faults.fleet.Fleet;
import randomchat.faults.fleet.Node;
import randomchat.faults.fleet.ProcessFleet;
import randomchat.faults.fleet.Replica;
import randomchat.faults.load.Crowd;
import randomchat.faults.load.Ledger;
import randomchat.faults.load.Room;
import randomchat.kit.testing.Await;

/** A fleet with people who talk, to which faults happen. */
final class Stage implements AutoCloseable {

  private static final int ROOMS = 24;
  private static final int WARM_UP_MILLIS = 1_500;
  private static final int TELLING_MILLIS = 250;
  private static final int RECOVERY_SECONDS = 40;
  private static final int PRESENCE_SECONDS = Fleet.LEASE_SECONDS + 5;

  private final Fleet fleet;
  private final Random random;
  private final Crowd crowd;
  private Ledger before;

  Stage(Database database, long seed) {
    this(ProcessFleet.start(database, 2, 0), seed);
  }

  Stage(Fleet fleet, long seed) {
    this.fleet = fleet;
    random = new Random(seed);
    crowd = new Crowd(fleet, random.nextLong());
    crowd.open(ROOMS);
    before = Ledger.of(crowd);
    memory("at the start");
  }

  /** Faults happen to people who talk; the ledger must be clean after it, or honest. */
  void after(List<Fault> faults) {
    crowd.talk();
    Fault.pause(WARM_UP_MILLIS);
    for (Fault fault : faults) {
      say("%s", fault);
      fault.happen(fleet, crowd, random);
      Fault.pause(random.nextInt(WARM_UP_MILLIS));
    }
    long over = System.nanoTime();
    crowd.settle(RECOVERY_SECONDS);
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - over);
    Ledger ledger = Ledger.of(crowd);
    report(faults, ledger, millis);
    boolean mayLose = faults.stream().anyMatch(Fault::mayLose);
    assertTrue(mayLose ? ledger.isHonest() : ledger.isClean(), ledger::toString);
    assertTrue(ledger.messages() > before.messages() || mayLose, "somebody talked");
    everybodyKnowsEverything();
    before = ledger;
  }

  private static void say(String format, Object... values) {
    System.out.printf(format + "%n", values);
  }

  private void report(List<Fault> faults, Ledger now, long millis) {
    say(
        "%s | messages %d | deliveries %d | lost %d (announced %d) | duplicated %d | reordered %d"
            + " | told to read again %d | settled after %d ms",
        faults.size() == 1 ? faults.getFirst() : faults.size() + " faults",
        now.messages() - before.messages(),
        now.deliveries() - before.deliveries(),
        now.lost() - before.lost(),
        now.announced() - before.announced(),
        now.duplicated(),
        now.reordered(),
        now.resets() - before.resets(),
        millis);
  }

  /** Presence, seen and typing are right again. */
  private void everybodyKnowsEverything() {
    Await.until(
        () -> crowd.onLoop(() -> "all is known in " + ignorant()),
        PRESENCE_SECONDS,
        () -> {
          crowd.run(() -> ignorant().forEach(Room::tellsAll));
          Fault.pause(TELLING_MILLIS);
          return crowd.onLoop(() -> ignorant().isEmpty());
        });
  }

  private List<Room> ignorant() {
    return crowd.rooms().stream().filter(room -> !room.knowsAll()).toList();
  }

  /** A member whose network is gone for good is soon offline; and online once it is back. */
  void whoVanishesIsOffline() {
    Room room = crowd.rooms().getFirst();
    crowd.run(() -> room.members().getFirst().disappear());
    Await.until(
        "the peer is offline",
        PRESENCE_SECONDS,
        () -> crowd.onLoop(() -> room.members().getLast().missesPeer()));
    crowd.run(() -> room.members().getFirst().connect());
    Await.until("the peer is back", PRESENCE_SECONDS, () -> crowd.onLoop(room::isThere));
  }

  /** No key without an expiry, on any node. */
  void everyKeyExpires() {
    String lasting =
        "local keys, expires = string.match(redis.call('INFO', 'keyspace'), 'keys=(%d+),expires=(%d+)')"
            + " return (keys or 0) - (expires or 0)";
    for (Node node : fleet.nodes()) {
      assertEquals("0", node.tell("EVAL", lasting, "0"));
    }
  }

  private void memory(String when) {
    fleet.chats().stream()
        .filter(Replica::isUp)
        .forEach(replica -> say("memory of a replica %s: %d MB", when, replica.memory() >> 20));
  }

  @Override
  public void close() {
    crowd.close();
    memory("at the end");
    fleet.close();
  }
}
