package randomchat.kit.redis;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/**
 * The one pub/sub connection to a node, kept open and probed. Touched by the event loop of the link
 * only.
 */
final class NodeTopics {

  private static final Logger LOG = Logger.getLogger(NodeTopics.class);

  private final RedisLink link;
  private final String address;
  private final String replicaId;
  private final Topics topics;
  private final KeptConnection connection;
  private final Map<String, Integer> farewells = new HashMap<>();
  private String probeTopic;
  private volatile long lastProbe = System.nanoTime() - Topics.DEAF.toNanos();

  NodeTopics(Vertx vertx, RedisLink link, String address, String replicaId, Topics topics) {
    this.link = link;
    this.address = address;
    this.replicaId = replicaId;
    this.topics = topics;
    connection =
        new KeptConnection(
            vertx,
            link.context(),
            link.client(address),
            "pub/sub connection",
            this::onOpen,
            this::onLoss);
  }

  /** May be asked from any thread. */
  boolean isFresh() {
    return connection.isOpen() && !isDeaf();
  }

  void subscribe(String topic) {
    if (connection.get() != null) {
      connection.get().send(Request.cmd(Command.SSUBSCRIBE).arg(topic));
    }
  }

  void unsubscribe(String topic) {
    if (connection.get() != null) {
      farewells.merge(topic, 1, Integer::sum);
      connection.get().send(Request.cmd(Command.SUNSUBSCRIBE).arg(topic));
    }
  }

  void close() {
    connection.close();
  }

  /** Gives up a connection that heard nothing of itself while commands to the node are answered. */
  void probe() {
    if (connection.get() == null) {
      return;
    }
    if (link.isFresh(address) && isDeaf()) {
      LOG.warn("the pub/sub connection is deaf");
      connection.replace();
      return;
    }
    if (probeTopic == null || !address.equals(link.nodeOf(probeTopic))) {
      chooseProbe();
    }
    if (probeTopic != null) {
      link.send(probeTopic, Request.cmd(Command.SPUBLISH).arg(probeTopic).arg(""));
    }
  }

  private boolean isDeaf() {
    return System.nanoTime() - lastProbe > Topics.DEAF.toNanos();
  }

  /** A topic that this node has, whichever slots it has. */
  private void chooseProbe() {
    IntStream.range(0, 100_000)
        .mapToObj(i -> "probe:{" + replicaId + "-" + i + "}")
        .filter(topic -> address.equals(link.nodeOf(topic)))
        .findFirst()
        .ifPresent(
            topic -> {
              probeTopic = topic;
              subscribe(topic);
            });
  }

  private void onOpen(RedisConnection opened) {
    opened.handler(this::onPush);
    lastProbe = System.nanoTime();
    chooseProbe();
    topics.onOpen(this);
  }

  private void onLoss() {
    farewells.clear();
    topics.onLoss(this);
  }

  private void onPush(Response push) {
    try {
      if (push == null) {
        return;
      }
      if (push.type() == ResponseType.ERROR) {
        onRefusal(push.toString());
        return;
      }
      String topic = push.get(1).toString();
      switch (push.get(0).toString()) {
        case "smessage" -> onMessage(topic, push);
        case "ssubscribe" -> onConfirmed(topic);
        case "sunsubscribe" -> onUnsubscribed(topic);
        default -> {}
      }
    } catch (RuntimeException bug) { // the client drops messages after a handler that throws
      LOG.error("a topic's listener failed", bug);
    }
  }

  /** To a subscription; it does not say which. */
  private void onRefusal(String error) {
    Redirection to = Redirection.of(error);
    if (to == null) {
      LOG.warnf("a subscription was refused: %s", error);
      connection.replace();
    } else {
      if (to.forGood()) { // nothing of that slot is followed there, and no farewell is confirmed
        farewells.keySet().removeIf(topic -> SlotMap.slot(topic) == to.slot());
      }
      link.moved(to);
    }
  }

  private void onMessage(String topic, Response push) {
    if (topic.equals(probeTopic)) {
      lastProbe = System.nanoTime();
    } else {
      topics.onMessage(topic, push.get(2).toBuffer());
    }
  }

  private void onConfirmed(String topic) {
    if (!farewells.containsKey(topic)) { // else what is confirmed is a subscription before it
      topics.onConfirmed(this, topic);
    }
  }

  private void onUnsubscribed(String topic) {
    if (farewells.computeIfPresent(topic, (t, n) -> n == 1 ? 0 : n - 1) == null) {
      topics.onTaken(this, topic);
    } else {
      farewells.remove(topic, 0);
    }
  }
}
