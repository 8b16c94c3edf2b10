package randomchat.kit.redis;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sharded pub/sub: over one connection, on a cluster one to each node that has slots.
 *
 * <p>Guarantee: a listener gets every message that its topic carries from the moment {@link
 * #follow} succeeds, in order, <em>or</em> {@link Listener#onLoss} afterwards. Losses are noticed
 * by the end of a connection, by the server taking a subscription away, by a slot that is found
 * elsewhere, and by a probe of our own that has to come back within {@link #DEAF}. All calls and
 * callbacks are on the event loop of the link.
 */
public final class Topics {

  /** Who follows a topic. Neither method may throw. */
  public interface Listener {
    void onMessage(Buffer message);

    /** Messages may have been missed; the topic is followed again from now on. */
    void onLoss();
  }

  /** After how long without its own probe a connection counts as deaf. */
  public static final Duration DEAF = Duration.ofSeconds(6);

  private static final int PROBE_MILLIS = 2_000;

  private final Vertx vertx;
  private final RedisLink link;
  private final String replicaId = UUID.randomUUID().toString();
  private final Map<String, Subscription> subscriptions = new HashMap<>();
  private final Map<String, NodeTopics> nodes = new ConcurrentHashMap<>(); // by address

  private static final class Subscription {
    final Listener listener;
    final int slot;
    final Promise<Void> confirmed = Promise.promise();
    boolean missed;
    NodeTopics at;

    Subscription(Listener listener, int slot) {
      this.listener = listener;
      this.slot = slot;
    }
  }

  public Topics(Vertx vertx, RedisLink link) {
    this.vertx = vertx;
    this.link = link;
    link.context()
        .runOnContext(
            none -> {
              link.onRemap(this::settle);
              settle();
            });
    vertx.setPeriodic(
        PROBE_MILLIS,
        timer -> link.context().runOnContext(none -> nodes.values().forEach(NodeTopics::probe)));
  }

  /** Names this process among its like; a new one with every start. */
  public String replicaId() {
    return replicaId;
  }

  /**
   * Whether messages arrive, of one node at least: never true for longer than {@link #DEAF} on a
   * deaf replica.
   */
  public boolean isFresh() {
    return nodes.values().stream().anyMatch(NodeTopics::isFresh);
  }

  /**
   * Follows a topic that nobody here follows yet. Succeeds when Redis has confirmed it; fails with
   * {@link RedisUnavailable} after {@link RedisLink#PATIENCE}, and the topic is then not followed.
   */
  public Future<Void> follow(String topic, Listener listener) {
    Subscription subscription = new Subscription(listener, SlotMap.slot(topic));
    if (subscriptions.putIfAbsent(topic, subscription) != null) {
      throw new IllegalStateException("already followed: " + topic);
    }
    place(topic, subscription);
    vertx.setTimer(
        RedisLink.PATIENCE.toMillis(),
        timer -> {
          if (subscription.confirmed.tryFail(new RedisUnavailable("no subscription in time"))
              && subscriptions.remove(topic, subscription)) {
            unsubscribe(topic, subscription);
          }
        });
    return subscription.confirmed.future();
  }

  public void leave(String topic) {
    Subscription subscription = subscriptions.remove(topic);
    if (subscription != null) {
      unsubscribe(topic, subscription);
    }
  }

  public void close() {
    link.context().runOnContext(none -> nodes.values().forEach(NodeTopics::close));
  }

  /** Follows each topic at the node that has it now. */
  private void settle() {
    for (String address : link.owners()) {
      nodes.computeIfAbsent(address, none -> new NodeTopics(vertx, link, address, replicaId, this));
    }
    subscriptions.forEach(
        (topic, subscription) -> {
          if (subscription.at != nodeOf(subscription)) {
            subscription.missed |= subscription.confirmed.future().isComplete();
            unsubscribe(topic, subscription);
            place(topic, subscription);
          }
        });
    Set<String> idle = new HashSet<>(nodes.keySet());
    idle.removeAll(link.owners());
    idle.forEach(address -> nodes.remove(address).close());
  }

  private void place(String topic, Subscription subscription) {
    subscription.at = nodeOf(subscription);
    if (subscription.at != null) {
      subscription.at.subscribe(topic);
    }
  }

  /** Null while nobody is known to have its slot. */
  private NodeTopics nodeOf(Subscription subscription) {
    String owner = link.ownerOf(subscription.slot);
    return owner == null ? null : nodes.get(owner);
  }

  private static void unsubscribe(String topic, Subscription subscription) {
    if (subscription.at != null) {
      subscription.at.unsubscribe(topic);
    }
  }

  void onMessage(String topic, Buffer message) {
    Subscription subscription = subscriptions.get(topic);
    if (subscription != null) {
      subscription.listener.onMessage(message);
    }
  }

  void onConfirmed(NodeTopics node, String topic) {
    Subscription subscription = subscriptions.get(topic);
    if (subscription == null || subscription.at != node) {
      return;
    }
    subscription.confirmed.tryComplete();
    if (subscription.missed) {
      subscription.missed = false;
      link.watch().onResubscription();
      subscription.listener.onLoss();
    }
  }

  /** The server took a subscription away: its slot moved. */
  void onTaken(NodeTopics node, String topic) {
    Subscription subscription = subscriptions.get(topic);
    if (subscription != null && subscription.at == node) {
      subscription.missed = true;
      node.subscribe(topic); // there still, or it says who has the slot now
    }
  }

  /** All that a node was asked for has to be asked for again. */
  void onOpen(NodeTopics node) {
    subscriptions.forEach(
        (topic, subscription) -> {
          if (subscription.at == node) {
            node.subscribe(topic);
          }
        });
  }

  void onLoss(NodeTopics node) {
    for (Subscription subscription : subscriptions.values()) {
      if (subscription.at == node) {
        subscription.missed |= subscription.confirmed.future().isComplete();
      }
    }
  }
}
