package randomchat.kit.redis;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One dedicated connection to one node of Redis that pipelines. The commands of one turn of its
 * event loop go out in one write; it opens itself again after a loss. Its callers are {@link
 * RedisLink} and {@link Topics}, on that loop.
 */
final class NodeLink {

  private static final String CONNECTION_CLOSED = "CONNECTION_CLOSED";
  private static final int MOST_PENDING = 10_000; // commands; some 10 MB of them
  private static final int SWEEP_MILLIS = 100;
  private static final int PROBE_MILLIS = 2_000;
  private static final long FRESH_NANOS = Duration.ofSeconds(6).toNanos();

  private final Vertx vertx;
  private final Context context;
  private final KeptConnection connection;
  private final RedisWatch watch;
  private final Runnable onTrouble;
  private final List<Long> timers;

  private final ArrayDeque<Pending> pending = new ArrayDeque<>();
  private List<Pending> turn = new ArrayList<>();
  private volatile long lastAnswer = System.nanoTime() - FRESH_NANOS;

  private record Pending(Request request, Promise<Response> answer, long sent, long deadline) {
    boolean isDone() {
      return answer.future().isComplete();
    }
  }

  /**
   * @param redis a client of that node alone
   * @param onTrouble runs when the connection is lost, or could not be opened
   */
  NodeLink(Vertx vertx, Context context, Redis redis, RedisWatch watch, Runnable onTrouble) {
    this.watch = watch;
    this.vertx = vertx;
    this.context = context;
    this.onTrouble = onTrouble;
    timers =
        List.of(
            vertx.setPeriodic(SWEEP_MILLIS, timer -> onLoop(this::failOverdue)),
            vertx.setPeriodic(PROBE_MILLIS, timer -> onLoop(this::probe)));
    connection =
        new KeptConnection(
            vertx,
            context,
            redis,
            "connection to Redis",
            opened -> lastAnswer = System.nanoTime(),
            this::onLoss);
  }

  /** Whether Redis answered within the last seconds. */
  boolean isFresh() {
    return connection.isOpen() && System.nanoTime() - lastAnswer < FRESH_NANOS;
  }

  /** Sends one command, to be answered until then on the clock of {@link System#nanoTime}. */
  Future<Response> send(Request request, long deadline) {
    Pending command = new Pending(request, Promise.promise(), System.nanoTime(), deadline);
    queue(command);
    return command.answer.future();
  }

  void close() {
    timers.forEach(vertx::cancelTimer);
    connection.close();
    onLoop(this::abandon);
  }

  private void queue(Pending command) {
    if (connection.get() == null) {
      command.answer.fail(new RedisUnavailable("no connection to Redis"));
      return;
    }
    if (pending.size() >= MOST_PENDING) {
      command.answer.fail(new RedisUnavailable("too many commands wait for Redis"));
      return;
    }
    pending.add(command);
    turn.add(command);
    if (turn.size() == 1) {
      context.runOnContext(none -> flush());
    }
  }

  private void flush() {
    List<Pending> commands = turn;
    turn = new ArrayList<>();
    RedisConnection to = connection.get();
    if (to == null) {
      commands.forEach(command -> lost(command, null));
    } else if (commands.size() == 1) {
      sendAlone(to, commands.getFirst());
    } else {
      to.batch(commands.stream().map(Pending::request).toList())
          .onComplete(replies -> onBatch(to, commands, replies));
    }
  }

  private void onBatch(
      RedisConnection to, List<Pending> commands, AsyncResult<List<Response>> replies) {
    if (replies.succeeded()) {
      IntStream.range(0, commands.size())
          .forEach(i -> answered(commands.get(i), replies.result().get(i)));
    } else if (isReply(replies.cause())) {
      // One error hides the replies of all. What is sent here is safe to repeat: ask one by one.
      commands.forEach(command -> sendAlone(to, command));
    } else {
      commands.forEach(command -> lost(command, replies.cause()));
    }
  }

  private void sendAlone(RedisConnection to, Pending command) {
    to.send(command.request)
        .onComplete(
            reply -> {
              if (reply.succeeded()) {
                answered(command, reply.result());
              } else if (isReply(reply.cause())) {
                lastAnswer = System.nanoTime();
                command.answer.tryFail(reply.cause());
              } else {
                lost(command, reply.cause());
              }
            });
  }

  /** Whether Redis said that. The client says in the same type that it lost the connection. */
  private static boolean isReply(Throwable error) {
    return error instanceof ErrorType && !CONNECTION_CLOSED.equals(error.getMessage());
  }

  private void answered(Pending command, Response reply) {
    lastAnswer = System.nanoTime();
    watch.onAnswer(lastAnswer - command.sent);
    command.answer.tryComplete(reply);
  }

  private static void lost(Pending command, Throwable cause) {
    command.answer.tryFail(new RedisUnavailable("the connection to Redis was lost", cause));
  }

  private void failOverdue() {
    long now = System.nanoTime();
    pending.removeIf(Pending::isDone);
    for (Pending command : pending) {
      if (command.deadline - now <= 0) {
        command.answer.tryFail(new RedisUnavailable("Redis did not answer in time"));
      }
    }
  }

  private void probe() {
    if (connection.get() != null) {
      send(Request.cmd(Command.PING), System.nanoTime() + RedisLink.PATIENCE.toNanos());
    }
  }

  private void onLoss() {
    abandon();
    onTrouble.run();
  }

  private void abandon() {
    pending.forEach(command -> lost(command, null));
    pending.clear();
  }

  private void onLoop(Runnable action) {
    context.runOnContext(none -> action.run());
  }
}
