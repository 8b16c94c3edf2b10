package randomchat.faults.fleet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Processes of the built services on a Redis of their own, which clients reach directly. */
public final class ProcessFleet implements Fleet {

  private final Database database;
  private final List<ProcessReplica> chats;
  private final List<ProcessReplica> matches;
  private final List<ProcessReplica> others = new ArrayList<>();
  private final Map<String, String> variables;

  private ProcessFleet(Database database, int chats, int matches, int lease) {
    this.database = database;
    this.variables = new HashMap<>(SETTINGS);
    variables.putAll(
        Map.of("REDIS_ADDRS", database.addresses(), "LEASE_SECONDS", String.valueOf(lease)));
    this.chats = replicas("chat-service", chats);
    this.matches = replicas("match-service", matches);
    Stream.concat(this.chats.stream(), this.matches.stream()).forEach(Replica::awaitReady);
  }

  public static ProcessFleet start(Database database, int chats, int matches) {
    return start(database, chats, matches, LEASE_SECONDS);
  }

  /**
   * @param lease in seconds
   */
  public static ProcessFleet start(Database database, int chats, int matches, int lease) {
    return new ProcessFleet(database, chats, matches, lease);
  }

  /** One more service on the same Redis. */
  public Replica with(String service) {
    ProcessReplica replica = new ProcessReplica(service, variables);
    replica.awaitReady();
    others.add(replica);
    return replica;
  }

  @Override
  public List<Node> nodes() {
    return database.nodes();
  }

  public Database database() {
    return database;
  }

  @Override
  public List<ProcessReplica> chats() {
    return chats;
  }

  @Override
  public List<ProcessReplica> matches() {
    return matches;
  }

  @Override
  public void close() {
    Stream.of(chats, matches, others).flatMap(List::stream).forEach(Replica::kill);
    database.close();
  }

  private List<ProcessReplica> replicas(String service, int count) {
    return IntStream.range(0, count).mapToObj(i -> new ProcessReplica(service, variables)).toList();
  }
}
