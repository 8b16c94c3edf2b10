package randomchat.faults.fleet;

import java.util.List;
import randomchat.kit.testing.RedisCluster;
import randomchat.kit.testing.RedisServer;

/** What the services of a fleet share: one Redis, or a cluster. */
public sealed interface Database extends AutoCloseable {

  /** As {@code REDIS_ADDRS} has it. */
  String addresses();

  List<Node> nodes();

  @Override
  void close();

  /** One Redis that keeps what it has on disk. */
  record Single(RedisServer server) implements Database {

    public static Single start() {
      return new Single(RedisServer.startDurable());
    }

    @Override
    public String addresses() {
      return server.address();
    }

    @Override
    public List<Node> nodes() {
      return List.of(Node.of(server));
    }

    @Override
    public void close() {
      server.close();
    }
  }

  /** Three primaries with a replica each. */
  record Cluster(RedisCluster cluster) implements Database {

    public static Cluster start() {
      return new Cluster(RedisCluster.start(1));
    }

    @Override
    public String addresses() {
      return cluster.addresses();
    }

    @Override
    public List<Node> nodes() {
      return cluster.nodes().stream().map(Node::of).toList();
    }

    @Override
    public void close() {
      cluster.close();
    }
  }
}
