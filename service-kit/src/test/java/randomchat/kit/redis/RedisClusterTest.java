package randomchat.kit.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.impl.VertxInternal;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import randomchat.kit.observe.Meters;
import randomchat.kit.testing.Await;
import randomchat.kit.testing.RedisCluster;
import randomchat.kit.testing.RedisServer;

/** The same ring on a Redis Cluster whose slots move. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisClusterTest {

  private static final int CHANNELS = 60; // of all nodes' slots

  private final Vertx vertx = Vertx.vertx();
  private final RedisCluster cluster = RedisCluster.start(1);
  private final Map<Integer, String> heard = new ConcurrentHashMap<>(); // what came last
  private final Map<Integer, Integer> losses = new ConcurrentHashMap<>();
  private RedisLink link;
  private Topics topics;
  private LuaScript push;
  private LuaScript say;

  @BeforeAll
  void followAll() throws Exception {
    link =
        new RedisLink(
            vertx,
            ((VertxInternal) vertx).createEventLoopContext(),
            List.of(cluster.addresses().split(",")),
            address -> Redis.createClient(vertx, "redis://" + address),
            new RedisWatch(new Meters(new SimpleMeterRegistry()), Optional.empty()));
    topics = new Topics(vertx, link);
    push = new LuaScript(vertx, link, "push");
    say = new LuaScript(vertx, link, "say");
    Await.until("both are fresh", 20, () -> link.isFresh() && topics.isFresh());
    List<Future<Void>> followed =
        onLoop(
            () ->
                IntStream.range(0, CHANNELS)
                    .mapToObj(i -> topics.follow(topic(i), listener(i)))
                    .toList());
    for (Future<Void> one : followed) {
      get(one);
    }
  }

  @AfterAll
  void close() throws Exception {
    link.close();
    topics.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
    cluster.close();
  }

  @Test
  void scripts_and_topics_of_all_slots_work() throws Exception {
    List<Future<Response>> answers = new ArrayList<>();
    for (int i = 0; i < CHANNELS; i++) {
      answers.add(push.run(List.of("{" + i + "}:list" + System.nanoTime()), List.of("x")));
    }
    for (Future<Response> answer : answers) {
      assertTrue(get(answer).toInteger() >= 1); // twice, if another of its turn was sent elsewhere
    }
    everybodyHears("hello");
  }

  @Test
  void a_slot_that_moves_takes_its_scripts_and_topics_along() throws Exception {
    String key = "{7}:moving";
    int before = losses.getOrDefault(7, 0);
    CompletableFuture<Void> moving = CompletableFuture.runAsync(() -> cluster.migrate(key));
    int pushed = 0;
    for (int runs = 0; !moving.isDone() || runs < 200; runs++) {
      int length = get(push.run(List.of(key), List.of("x"))).toInteger();
      assertTrue(length > pushed, "nothing that was pushed is lost");
      pushed = length;
    }
    moving.get();
    Await.until("the loss is told", () -> losses.getOrDefault(7, 0) > before);
    everybodyHears("after the move");
  }

  @Test
  void a_slot_that_comes_back_to_a_node_is_followed_there_again() throws Exception {
    String topic = topic(11);
    for (int move = 0; move < 3; move++) {
      int before = losses.getOrDefault(11, 0);
      cluster.migrate(topic);
      Await.until("the loss is told", () -> losses.getOrDefault(11, 0) > before);
      everybodyHears("after move " + move);
    }
    Future<Void> again =
        onLoop(
            () -> {
              topics.leave(topic);
              return topics.follow(topic, listener(11));
            });
    get(again);
    everybodyHears("after coming again");
  }

  @Test
  void a_primary_that_dies_is_followed_by_its_replica_and_no_other_slot_feels_it()
      throws Exception {
    RedisServer dead = cluster.primaryOf(topic(3));
    List<Integer> concerned = new ArrayList<>();
    for (int i = 0; i < CHANNELS; i++) {
      if (cluster.primaryOf(topic(i)) == dead) {
        concerned.add(i);
      }
    }
    int other =
        IntStream.range(0, CHANNELS).filter(i -> !concerned.contains(i)).findFirst().getAsInt();
    Map<Integer, Integer> before = Map.copyOf(losses);
    dead.kill();
    long start = System.nanoTime();
    get(push.run(List.of("{" + other + "}:other"), List.of("x")));
    assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(1), "another slot waited");
    assertTrue(link.isFresh() && topics.isFresh());

    Await.until(
        "each topic of the dead is told of its loss",
        30,
        () ->
            concerned.stream()
                .allMatch(i -> losses.getOrDefault(i, 0) > before.getOrDefault(i, 0)));
    assertEquals(before.getOrDefault(other, 0), losses.getOrDefault(other, 0));
    everybodyHears("after the death");
    dead.restart();
    Await.until("it is whole", 30, cluster::isWhole);
    everybodyHears("after its return");
  }

  @Test
  void a_primary_that_hangs_until_its_replica_took_over_is_given_up() throws Exception {
    RedisServer hung = cluster.primaryOf(topic(5));
    int before = losses.getOrDefault(5, 0);
    hung.freeze();
    try {
      Await.until("topic 5 is told of its loss", 30, () -> losses.getOrDefault(5, 0) > before);
      everybodyHears("while it hangs");
    } finally {
      hung.thaw();
    }
    Await.until("it is whole", 30, cluster::isWhole);
    everybodyHears("after it woke");
  }

  /** A topic that moves just now hears of a loss instead: what it says next, it hears. */
  private void everybodyHears(String word) {
    Await.until(
        () -> word + ": only " + heard,
        20,
        () -> {
          for (int i = 0; i < CHANNELS; i++) {
            if (!word.equals(heard.get(i))) {
              say.run(List.of(topic(i)), List.of(word));
            }
          }
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
          return heard.values().stream().filter(word::equals).count() == CHANNELS;
        });
  }

  private static String topic(int channel) {
    return "{" + channel + "}:events";
  }

  private Topics.Listener listener(int channel) {
    return new Topics.Listener() {
      @Override
      public void onMessage(Buffer message) {
        heard.put(channel, message.toString());
      }

      @Override
      public void onLoss() {
        losses.merge(channel, 1, Integer::sum);
      }
    };
  }

  private <T> T onLoop(Supplier<T> action) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    link.context().runOnContext(none -> result.complete(action.get()));
    return result.get(5, TimeUnit.SECONDS);
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
