package randomchat.match.pool;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import randomchat.kit.observe.Meters;
import randomchat.kit.redis.LuaScript;
import randomchat.kit.redis.RedisLink;
import randomchat.kit.redis.RedisWatch;
import randomchat.kit.redis.Topics;

/** The scripts on a real Redis, as a replica has them that no socket is connected to. */
public final class RealPool implements AutoCloseable {

  static final PoolSettings SETTINGS =
      new PoolSettings(
          Duration.ofSeconds(10), Duration.ofHours(24), Duration.ofDays(1), Duration.ofSeconds(10));

  private final Vertx vertx = Vertx.vertx();
  private final Redis redis;
  private final RedisLink link;
  private final PoolScripts scripts;
  private final LuaScript take;

  public RealPool(String address) {
    this(address, SETTINGS);
  }

  RealPool(String address, PoolSettings settings) {
    redis = Redis.createClient(vertx, new RedisOptions().setConnectionString("redis://" + address));
    Context loop = ((VertxInternal) vertx).createEventLoopContext();
    link =
        new RedisLink(
            vertx,
            loop,
            List.of(address),
            one -> redis,
            new RedisWatch(new Meters(new SimpleMeterRegistry()), Optional.empty()));
    scripts = new PoolScripts(vertx, link, settings);
    take = new LuaScript(vertx, link, "take");
    while (!link.isFresh()) {
      Thread.onSpinWait();
    }
  }

  PoolScripts scripts() {
    return scripts;
  }

  /** The same as a replica uses them. */
  PoolStore store(Outage outage) {
    return new PoolStore(
        link,
        scripts,
        new Topics(vertx, link),
        outage,
        new PoolMeters(new Meters(new SimpleMeterRegistry())));
  }

  boolean take(String key, int perMinute, int burst) {
    return get(take.run(List.of(key), List.of("" + perMinute, "" + burst))).toInteger() == 1;
  }

  /** Sends one command. */
  public Response command(String name, Object... arguments) {
    Request request = Request.cmd(Command.create(name));
    for (Object argument : arguments) {
      request.arg(argument.toString());
    }
    return get(link.send("", request));
  }

  public Standing join(String user, String connection, String replica, String... tags) {
    return join(user, connection, replica, now(), tags);
  }

  Standing join(String user, String connection, String replica, long arrived, String... tags) {
    return get(scripts.join(ticket(user, connection, arrived, tags), replica));
  }

  /** Milliseconds on its clock. */
  long now() {
    return PoolStore.millis(command("TIME"));
  }

  public Standing seek(String user, String connection) {
    return get(scripts.seek(List.of(ticket(user, connection)), PoolStore.MOST_CANDIDATES))
        .standings()
        .getFirst();
  }

  public Acceptance accept(String user, String connection, ChannelId channel) {
    return get(scripts.accept(new UserId(user), new ConnectionId(connection), channel));
  }

  static Ticket ticket(String user, String connection, String... tags) {
    return ticket(user, connection, 0, tags);
  }

  static Ticket ticket(String user, String connection, long arrived, String... tags) {
    return new Ticket(
        new UserId(user), new ConnectionId(connection), new Interests(List.of(tags)), arrived);
  }

  /** What a replica is told from now on. */
  public BlockingQueue<String> hear(String replica) {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    CompletableFuture<Void> confirmed = new CompletableFuture<>();
    RedisConnection connection = get(redis.connect());
    connection.handler(
        push -> {
          switch (push.get(0).toString()) {
            case "ssubscribe" -> confirmed.complete(null);
            case "smessage" -> heard.add(push.get(2).toString());
            default -> {}
          }
        });
    connection.send(Request.cmd(Command.SSUBSCRIBE).arg(PoolKeys.topic(replica)));
    confirmed.orTimeout(5, TimeUnit.SECONDS).join();
    return heard;
  }

  /** Sends all in one turn. */
  <T> List<T> together(List<Supplier<Future<T>>> calls) {
    CompletableFuture<List<Future<T>>> sent = new CompletableFuture<>();
    link.context().runOnContext(none -> sent.complete(calls.stream().map(Supplier::get).toList()));
    return sent.join().stream().map(RealPool::get).toList();
  }

  public List<String> keysWithoutExpiry() {
    List<String> lasting = new ArrayList<>();
    for (Response key : command("KEYS", "*")) {
      if (command("TTL", key).toLong() == -1) {
        lasting.add(key.toString());
      }
    }
    return lasting;
  }

  static <T> T get(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    link.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
