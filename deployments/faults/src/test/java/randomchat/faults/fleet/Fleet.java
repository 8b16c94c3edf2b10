package randomchat.faults.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Replicas of the built services on a Redis of their own. */
public final class Fleet implements AutoCloseable {

  public static final String SECRET = "a-secret-for-the-fault-suite-and-nothing-else";
  public static final int LEASE_SECONDS = 3;
  public static final int DRAIN_SECONDS = 3;
  public static final int MAX_MSGS = 20_000;

  private final Database database;
  private final List<Replica> chats;
  private final List<Replica> matches;
  private final List<Replica> others = new ArrayList<>();
  private final Map<String, String> variables;

  private Fleet(Database database, int chats, int matches, int lease) {
    this.database = database;
    this.variables =
        Map.of(
            "REDIS_ADDRS",
            database.addresses(),
            "JWT_SECRET",
            SECRET,
            "LEASE_SECONDS",
            "" + lease,
            "DRAIN_SECONDS",
            "" + DRAIN_SECONDS,
            "MAX_ALLOWED_CONNS",
            "20000",
            "MAX_MSGS",
            "" + MAX_MSGS,
            "PAGE_SIZE",
            "500",
            "MESSAGE_RATE",
            "200",
            "MESSAGE_BURST",
            "1000");
    this.chats = replicas("chat-service", chats);
    this.matches = replicas("match-service", matches);
    Stream.concat(this.chats.stream(), this.matches.stream()).forEach(Replica::awaitReady);
  }

  public static Fleet start(Database database, int chats, int matches) {
    return start(database, chats, matches, LEASE_SECONDS);
  }

  /**
   * @param lease in seconds
   */
  public static Fleet start(Database database, int chats, int matches, int lease) {
    return new Fleet(database, chats, matches, lease);
  }

  /** One more service on the same Redis. */
  public Replica with(String service) {
    Replica replica = new Replica(service, variables).awaitReady();
    others.add(replica);
    return replica;
  }

  public Database database() {
    return database;
  }

  public List<Replica> chats() {
    return chats;
  }

  public List<Replica> matches() {
    return matches;
  }

  @Override
  public void close() {
    Stream.of(chats, matches, others).flatMap(List::stream).forEach(Replica::kill);
    database.close();
  }

  private List<Replica> replicas(String service, int count) {
    return IntStream.range(0, count).mapToObj(i -> new Replica(service, variables)).toList();
  }
}
