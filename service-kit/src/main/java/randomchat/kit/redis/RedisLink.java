package randomchat.kit.redis;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Commands to Redis: over one pipelining connection, on a cluster one to each node, so that the
 * loss of a node is felt by its slots alone.
 *
 * <p>Every command is answered within {@link #PATIENCE}: by Redis, or with {@link
 * RedisUnavailable}. An error reply arrives as {@link ErrorType}. Answers come on the event loop of
 * {@link #context()}; the order of commands for one slot sent from that loop is kept, except after
 * an error and while the slot moves. A command may run twice where the first answer was lost.
 */
public final class RedisLink {

  /** How long a command may take. */
  public static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final Logger LOG = Logger.getLogger(RedisLink.class);
  private static final Duration LOOK_PATIENCE = Duration.ofSeconds(2);
  private static final int LOOK_MILLIS = 1_000; // at the cluster's map, whether asked to or not
  private static final int SOON_MILLIS = 50;
  private static final int MOST_REDIRECTIONS = 5;

  private final Vertx vertx;
  private final Context context;
  private final Set<String> seeds;
  private final Function<String, Redis> clients;
  private final RedisWatch watch;
  private final boolean cluster;
  private final SlotMap slots;
  private final Map<String, Node> nodes = new HashMap<>(); // by address
  private final List<Runnable> onRemap = new ArrayList<>();
  private boolean looking;
  private boolean lookDue;
  private volatile List<NodeLink> serving = List.of();

  private record Node(Redis client, NodeLink link) {}

  /**
   * @param context of an event loop; everything here runs on it
   * @param seeds host:port of one Redis, or of some nodes of a cluster if there are several
   * @param clients makes a client of the one node at an address
   */
  public RedisLink(
      Vertx vertx,
      Context context,
      List<String> seeds,
      Function<String, Redis> clients,
      RedisWatch watch) {
    this.watch = watch;
    this.vertx = vertx;
    this.context = context;
    this.seeds = Set.copyOf(seeds);
    this.clients = clients;
    this.cluster = seeds.size() > 1;
    this.slots = cluster ? new SlotMap() : new SlotMap(seeds.getFirst());
    seeds.forEach(this::node);
    serving = nodes.values().stream().map(Node::link).toList();
    if (cluster) {
      vertx.setPeriodic(LOOK_MILLIS, timer -> context.runOnContext(none -> look()));
    }
  }

  public Context context() {
    return context;
  }

  RedisWatch watch() {
    return watch;
  }

  /** Whether a node of Redis answered within the last seconds. */
  public boolean isFresh() {
    return slots.isKnown() && serving.stream().anyMatch(NodeLink::isFresh);
  }

  /** Names the node that has a key now; one that is the same for all while none is known. */
  public String nodeOf(String key) {
    String owner = ownerOf(SlotMap.slot(key));
    return owner == null ? "" : owner;
  }

  public Future<Response> send(String key, Request request) {
    return send(key, request, PATIENCE);
  }

  /**
   * Sends one command on a key, or on several of its slot, to be answered within {@code patience}.
   */
  public Future<Response> send(String key, Request request, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    if (((ContextInternal) context).inThread()) {
      Future<Response> answer = route(key, request, deadline);
      watch.onCommand(request, answer);
      return answer;
    }
    Promise<Response> answer = Promise.promise();
    watch.onCommand(request, answer.future());
    context.runOnContext(none -> route(key, request, deadline).onComplete(answer));
    return answer.future();
  }

  public void close() {
    context.runOnContext(none -> nodes.values().forEach(node -> node.link.close()));
  }

  /** The addresses of the nodes that have slots. */
  Set<String> owners() {
    return slots.owners();
  }

  /** Null while it is not known. */
  String ownerOf(int slot) {
    return slots.owner(slot);
  }

  /** A client of the node at an address, which is closed when that node has no slot any more. */
  Redis client(String address) {
    return node(address).client;
  }

  /** Runs on the loop whenever slots have moved. */
  void onRemap(Runnable listener) {
    onRemap.add(listener);
  }

  /** A slot was found at another node. */
  void moved(Redirection to) {
    if (slots.move(to.slot(), to.address())) {
      settle();
    }
    lookSoon();
  }

  /** Whether a node answered within the last seconds. */
  boolean isFresh(String address) {
    Node node = nodes.get(address);
    return node != null && node.link.isFresh();
  }

  private Future<Response> route(String key, Request request, long deadline) {
    if (!cluster) {
      return serving.getFirst().send(request, deadline);
    }
    return route(SlotMap.slot(key), request, deadline, 0);
  }

  private Future<Response> route(int slot, Request request, long deadline, int redirections) {
    String owner = slots.owner(slot);
    if (owner == null) {
      return Future.failedFuture(new RedisUnavailable("no node of Redis is known to have this"));
    }
    return node(owner)
        .link
        .send(request, deadline)
        .recover(error -> redirected(request, deadline, redirections, error));
  }

  private Future<Response> redirected(
      Request request, long deadline, int redirections, Throwable error) {
    Redirection to = error instanceof ErrorType reply ? Redirection.of(reply.getMessage()) : null;
    if (to == null || redirections == MOST_REDIRECTIONS) {
      lookSoon();
      return Future.failedFuture(error);
    }
    if (to.forGood()) {
      moved(to);
      return route(to.slot(), request, deadline, redirections + 1);
    }
    NodeLink target = node(to.address()).link;
    target.send(Request.cmd(Command.ASKING), deadline);
    return target.send(request, deadline);
  }

  private Node node(String address) {
    return nodes.computeIfAbsent(
        address,
        none -> {
          Redis client = clients.apply(address);
          return new Node(client, new NodeLink(vertx, context, client, watch, this::lookSoon));
        });
  }

  private void lookSoon() {
    if (cluster && !lookDue) {
      lookDue = true;
      vertx.setTimer(
          SOON_MILLIS,
          timer ->
              context.runOnContext(
                  none -> {
                    lookDue = false;
                    look();
                  }));
    }
  }

  /** Asks a node that answers who has which slot. */
  private void look() {
    List<Map.Entry<String, Node>> answering =
        nodes.entrySet().stream().filter(node -> node.getValue().link.isFresh()).toList();
    if (looking || answering.isEmpty()) {
      return;
    }
    looking = true;
    var asked = answering.get((int) (Math.random() * answering.size()));
    asked
        .getValue()
        .link
        .send(
            Request.cmd(Command.CLUSTER).arg("SLOTS"), System.nanoTime() + LOOK_PATIENCE.toNanos())
        .onComplete(
            map -> {
              looking = false;
              if (map.succeeded() && slots.learn(map.result(), asked.getKey())) {
                settle();
              } else if (map.failed()) {
                LOG.debugf("no map of the cluster: %s", map.cause().getMessage());
              }
            });
  }

  /** After slots were found to be elsewhere. */
  private void settle() {
    slots.owners().forEach(this::node);
    onRemap.forEach(Runnable::run);
    Set<String> gone = new HashSet<>(nodes.keySet());
    gone.removeAll(slots.owners());
    gone.removeAll(seeds);
    for (String address : gone) {
      Node node = nodes.remove(address);
      node.link.close();
      node.client.close();
    }
    serving =
        nodes.entrySet().stream()
            .filter(node -> slots.owners().contains(node.getKey()))
            .map(node -> node.getValue().link)
            .toList();
  }
}
