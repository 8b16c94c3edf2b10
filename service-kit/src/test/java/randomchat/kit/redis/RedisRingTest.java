package randomchat.kit.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.impl.VertxInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import randomchat.kit.observe.Meters;
import randomchat.kit.testing.Await;
import randomchat.kit.testing.RedisServer;

/** RedisLink, LuaScript and Topics together, on a real Redis. */
class RedisRingTest {

  private final Vertx vertx = Vertx.vertx();
  private final RedisServer server = RedisServer.start();
  private Redis redis;
  private RedisLink link;
  private Topics topics;

  @BeforeEach
  void open() {
    RedisOptions options =
        new RedisOptions()
            .setConnectionString("redis://" + server.address())
            .setMaxWaitingHandlers(16_384);
    options.getNetClientOptions().setReadIdleTimeout(6);
    redis = Redis.createClient(vertx, options);
    link =
        new RedisLink(
            vertx,
            ((VertxInternal) vertx).createEventLoopContext(),
            List.of(server.address()),
            one -> redis,
            new RedisWatch(new Meters(new SimpleMeterRegistry()), Optional.empty()));
    topics = new Topics(vertx, link);
    Await.until("both connections", () -> link.isFresh() && topics.isFresh());
  }

  @AfterEach
  void close() throws Exception {
    link.close();
    topics.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
    server.close();
  }

  @Test
  void aScriptThatRedisForgot_runsWhole_andOneErrorInABatchHurtsNobodyElse() throws Exception {
    LuaScript push = new LuaScript(vertx, link, "push");
    List<Future<Response>> answers =
        onLoop(
            () -> {
              List<Future<Response>> all = new ArrayList<>();
              for (int i = 0; i < 20; i++) {
                all.add(push.run(List.of("list"), List.of(String.valueOf(i))));
              }
              all.add(link.send("text", Request.cmd(Command.SET).arg("text").arg("x")));
              all.add(link.send("list", Request.cmd(Command.LLEN).arg("list")));
              return all;
            });
    for (Future<Response> answer : answers) {
      get(answer);
    }
    assertEquals(20, get(command(Command.LLEN, "list")).toInteger());
    get(command(Command.SCRIPT, "FLUSH"));
    assertEquals(21, get(push.run(List.of("list"), List.of("z"))).toInteger());
    ExecutionException error =
        assertThrows(ExecutionException.class, () -> get(push.run(List.of("text"), List.of("z"))));
    assertInstanceOf(ErrorType.class, error.getCause());
  }

  @Test
  void aScriptUnderWayOnAConnectionThatIsLost_runsOnTheNext() throws Exception {
    LuaScript push = new LuaScript(vertx, link, "push");
    for (int round = 0; round < 5; round++) {
      List<Future<Response>> answers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        answers.add(push.run(List.of("list"), List.of("x")));
        if (i == 25) {
          server.tell("CLIENT KILL TYPE normal");
        }
      }
      for (Future<Response> answer : answers) {
        get(answer);
      }
    }
  }

  @Test
  void whileRedisIsDown_aScriptFailsWithinItsPatience_andWorksAgainAfterwards() throws Exception {
    LuaScript push = new LuaScript(vertx, link, "push");
    server.kill();
    long start = System.nanoTime();
    ExecutionException down =
        assertThrows(ExecutionException.class, () -> get(push.run(List.of("l"), List.of("a"))));
    assertInstanceOf(RedisUnavailable.class, down.getCause());
    assertTrue(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) < 5_500);
    assertTrue(!link.isFresh());

    Future<Response> waits = push.run(List.of("l"), List.of("b"));
    server.restart();
    assertEquals(1, get(waits).toInteger());
    Await.until("fresh again", () -> link.isFresh() && topics.isFresh());
  }

  @Test
  void aTopicIsFollowedAgainAfterALoss_andItsListenerHearsOfTheLoss() throws Exception {
    LuaScript say = new LuaScript(vertx, link, "say");
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    get(onLoop(() -> topics.follow("{9}:events", listener(heard))));
    get(say.run(List.of("{9}:events"), List.of("one")));
    assertEquals("one", heard.poll(2, TimeUnit.SECONDS));

    get(link.send("", Request.cmd(Command.CLIENT).arg("KILL").arg("TYPE").arg("pubsub")));
    assertEquals("LOSS", heard.poll(5, TimeUnit.SECONDS));
    get(say.run(List.of("{9}:events"), List.of("two")));
    assertEquals("two", heard.poll(2, TimeUnit.SECONDS));

    get(
        onLoop(
            () -> {
              topics.leave("{9}:events");
              return topics.follow("{9}:events", listener(heard));
            }));
    get(say.run(List.of("{9}:events"), List.of("three")));
    assertEquals("three", heard.poll(2, TimeUnit.SECONDS));
  }

  private static Topics.Listener listener(BlockingQueue<String> heard) {
    return new Topics.Listener() {
      @Override
      public void onMessage(Buffer message) {
        heard.add(message.toString());
      }

      @Override
      public void onLoss() {
        heard.add("LOSS");
      }
    };
  }

  private Future<Response> command(Command command, String argument) {
    return link.send(argument, Request.cmd(command).arg(argument));
  }

  private <T> T onLoop(Supplier<T> action) throws Exception {
    CompletableFuture<T> result = new CompletableFuture<>();
    link.context().runOnContext(none -> result.complete(action.get()));
    return result.get(5, TimeUnit.SECONDS);
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
