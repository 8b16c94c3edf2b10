package randomchat.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Isolated;
import randomchat.faults.attack.Malformed;
import randomchat.faults.attack.Siege;
import randomchat.faults.fleet.Database;
import randomchat.faults.fleet.Fleet;
import randomchat.faults.fleet.ProcessFleet;
import randomchat.faults.fleet.Replica;
import randomchat.faults.load.Crowd;
import randomchat.faults.load.Ledger;
import randomchat.kit.testing.ServiceProcess;
import randomchat.kit.testing.StoreServer;

/** Thousands of inputs that nobody should send: others do not notice, and no log repeats them. */
@Isolated
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MalformedIT {

  private static final int ROOMS = 10;
  private static final int FRAMES = 12_000;
  private static final int OTHERS = 2_500; // of each kind
  private static final int TIMES_IF_LONG = 20;
  private static final int SETTLING_SECONDS = 30;
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");

  /**
   * A short run sends the same every time: what a long one finds is mended with a test of its own.
   */
  private final long seed = Suite.isLong() ? Suite.seed() : Long.getLong("faults.seed", 4_711);

  private ProcessFleet fleet;
  private StoreServer store;
  private ServiceProcess users;
  private ServiceProcess uploader;
  private Crowd crowd;

  @BeforeAll
  void open() {
    store = StoreServer.start();
    fleet = ProcessFleet.start(Database.Single.start(), 1, 1);
    Map<String, String> shared =
        Map.of("REDIS_ADDRS", fleet.database().addresses(), "JWT_SECRET", Fleet.SECRET);
    users = ServiceProcess.of("user-service", shared, "-Xmx96m").awaitReady();
    uploader = ServiceProcess.of("uploader-service", withStore(shared), "-Xmx128m").awaitReady();
    crowd = new Crowd(fleet, seed);
    crowd.open(ROOMS);
  }

  private Map<String, String> withStore(Map<String, String> shared) {
    Map<String, String> all = new java.util.HashMap<>(shared);
    all.put("S3_ENDPOINT", store.endpoint());
    all.put("S3_ACCESS_KEY", StoreServer.ACCESS_KEY);
    all.put("S3_SECRET_KEY", StoreServer.SECRET_KEY);
    return all;
  }

  @AfterAll
  void close() {
    crowd.close();
    users.close();
    uploader.close();
    fleet.close();
    store.close();
  }

  @Test
  void nobody_notices_what_nobody_should_send() {
    Siege siege = new Siege(seed);
    crowd.talk();
    storm(siege);
    crowd.settle(SETTLING_SECONDS);
    Ledger ledger = Ledger.of(crowd);
    System.out.printf("%d inputs | answers %s | %s%n", siege.sent(), siege.answers(), ledger);

    assertTrue(ledger.isClean(), ledger::toString);
    assertTrue(ledger.messages() > 0, "somebody talked");
    assertEquals(List.of(), siege.faults().stream().limit(20).toList());
    assertEquals(List.of(), outputs().flatMap(this::badLines).limit(20).toList());
    fleet.chats().forEach(Replica::awaitReady);
    fleet.matches().forEach(Replica::awaitReady);
    users.awaitReady();
    uploader.awaitReady();
  }

  private void storm(Siege siege) {
    Malformed malformed =
        new Malformed(
            siege,
            fleet.chats().getFirst().url("/"),
            fleet.matches().getFirst().url("/"),
            users.url("/"),
            uploader.url("/"));
    int times = Suite.isLong() ? TIMES_IF_LONG : 1;
    malformed.frames(1, FRAMES * times);
    malformed.wireFrames(2, OTHERS * times);
    malformed.handshakes(3, OTHERS * times);
    malformed.tokens(4, OTHERS * times);
    malformed.bodies(5, OTHERS * times);
  }

  private Stream<String> outputs() {
    return Stream.of(
        fleet.chats().getFirst().output(),
        fleet.matches().getFirst().output(),
        users.output(),
        uploader.output());
  }

  private Stream<String> badLines(String output) {
    return output
        .lines()
        .filter(
            line ->
                Siege.isForeign(line)
                    || line.contains(" ERROR ")
                    || line.contains(" FATAL ")
                    || CONTROL.matcher(line).find());
  }
}
