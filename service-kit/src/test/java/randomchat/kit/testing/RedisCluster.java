package randomchat.kit.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A Redis Cluster of three primaries, as processes of a test's own. */
public final class RedisCluster implements AutoCloseable {

  private static final int PRIMARIES = 3;
  private static final int SECONDS = 30;

  private final List<RedisServer> nodes = new ArrayList<>();

  /**
   * @param replicas of each primary
   */
  public static RedisCluster start(int replicas) {
    RedisCluster cluster = new RedisCluster();
    for (int i = 0; i < PRIMARIES * (1 + replicas); i++) {
      cluster.nodes.add(RedisServer.startNode());
    }
    List<String> create = new ArrayList<>(List.of("redis-cli", "--cluster", "create"));
    cluster.nodes.forEach(node -> create.add(node.address()));
    create.addAll(List.of("--cluster-replicas", "" + replicas, "--cluster-yes"));
    run(create);
    Await.until("the cluster forms", SECONDS, cluster::isWhole);
    return cluster;
  }

  /** As {@code REDIS_ADDRS} has it. */
  public String addresses() {
    return nodes.stream().map(RedisServer::address).collect(Collectors.joining(","));
  }

  public List<RedisServer> nodes() {
    return nodes;
  }

  /** The node that has a key's slot. */
  public RedisServer primaryOf(String key) {
    int slot = Integer.parseInt(cli(anyAlive(), "cluster", "keyslot", key));
    for (String line : topology()) {
      String[] words = line.split(" ");
      if (words[2].contains("master") && !words[2].contains("fail") && has(words, slot)) {
        return node(portOf(words));
      }
    }
    throw new IllegalStateException("nobody has slot " + slot);
  }

  /** Every slot has an owner, everybody knows, and every replica has what its primary has. */
  public boolean isWhole() {
    return nodes.stream().filter(RedisServer::isAlive).allMatch(RedisCluster::isSettled);
  }

  private static boolean isSettled(RedisServer node) {
    return cli(node, "cluster", "info").contains("cluster_state:ok")
        && !cli(node, "info", "replication").contains("master_link_status:down");
  }

  /** Makes the node that has a key's slot give that slot to another, key by key. */
  public void migrate(String key) {
    RedisServer from = primaryOf(key);
    RedisServer to =
        topology().stream()
            .map(line -> line.split(" "))
            .filter(words -> words[2].contains("master") && !words[2].contains("fail"))
            .map(words -> node(portOf(words)))
            .filter(node -> node != from)
            .findFirst()
            .orElseThrow();
    String slot = cli(from, "cluster", "keyslot", key);
    cli(to, "cluster", "setslot", slot, "importing", id(from));
    cli(from, "cluster", "setslot", slot, "migrating", id(to));
    while (true) {
      List<String> keys =
          cli(from, "cluster", "getkeysinslot", slot, "1")
              .lines()
              .filter(k -> !k.isEmpty())
              .toList();
      if (keys.isEmpty()) {
        break;
      }
      cli(from, "migrate", "127.0.0.1", "" + to.port(), keys.getFirst(), "0", "5000");
    }
    cli(to, "cluster", "setslot", slot, "node", id(to));
    cli(from, "cluster", "setslot", slot, "node", id(to));
  }

  @Override
  public void close() {
    nodes.forEach(RedisServer::close);
  }

  private List<String> topology() {
    return cli(anyAlive(), "cluster", "nodes").lines().toList();
  }

  private RedisServer anyAlive() {
    return nodes.stream().filter(RedisServer::isAlive).findFirst().orElseThrow();
  }

  private RedisServer node(int port) {
    return nodes.stream().filter(node -> node.port() == port).findFirst().orElseThrow();
  }

  private static int portOf(String[] words) {
    return Integer.parseInt(words[1].substring(words[1].indexOf(':') + 1, words[1].indexOf('@')));
  }

  private static boolean has(String[] words, int slot) {
    for (int i = 8; i < words.length; i++) {
      String[] range = words[i].split("-");
      if (!words[i].startsWith("[")
          && Integer.parseInt(range[0]) <= slot
          && slot <= Integer.parseInt(range[range.length - 1])) {
        return true;
      }
    }
    return false;
  }

  private static String id(RedisServer node) {
    return cli(node, "cluster", "myid");
  }

  private static String cli(RedisServer node, String... command) {
    List<String> words = new ArrayList<>(List.of("redis-cli", "-p", "" + node.port()));
    words.addAll(List.of(command));
    return run(words).strip();
  }

  private static String run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes());
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command + ": " + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
