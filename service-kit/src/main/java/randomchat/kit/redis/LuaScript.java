package randomchat.kit.redis;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A script of {@code resources/lua/}, run by its SHA-1, or whole where Redis does not know it yet.
 *
 * <p>What fails in passing (a lost connection, a time-out, a fail-over) is repeated for up to
 * {@link RedisLink#PATIENCE} in all and then fails with {@link RedisUnavailable}: every script is
 * safe to run twice.
 */
public final class LuaScript {

  private static final Set<String> PASSING =
      Set.of(
          "NOSCRIPT",
          "LOADING",
          "TRYAGAIN",
          "ASK",
          "MOVED",
          "CLUSTERDOWN",
          "MASTERDOWN",
          "READONLY",
          "BUSY",
          "NOREPLICAS",
          "UNBLOCKED");
  private static final int FIRST_PAUSE_MILLIS = 20;
  private static final int LONGEST_PAUSE_MILLIS = 500;

  private final Vertx vertx;
  private final RedisLink link;
  private final String source;
  private final String sha1;

  /**
   * @param parts names of the files under {@code lua/}, without their ending; what several scripts
   *     share is a part of its own, before the one that gives the script its name
   */
  public LuaScript(Vertx vertx, RedisLink link, String... parts) {
    this.vertx = vertx;
    this.link = link;
    this.source =
        Stream.of(parts).map(part -> read("lua/" + part + ".lua")).collect(Collectors.joining());
    this.sha1 = sha1(source);
  }

  public Future<Response> run(List<String> keys, List<String> arguments) {
    Promise<Response> answer = Promise.promise();
    attempt(
        new Run(keys, arguments, System.nanoTime() + RedisLink.PATIENCE.toNanos(), answer),
        false,
        FIRST_PAUSE_MILLIS);
    return answer.future();
  }

  private record Run(
      List<String> keys, List<String> arguments, long deadline, Promise<Response> answer) {
    Duration left() {
      return Duration.ofNanos(deadline - System.nanoTime());
    }
  }

  private void attempt(Run run, boolean whole, int pause) {
    link.send(run.keys.getFirst(), request(run, whole), run.left())
        .onComplete(
            reply -> {
              if (reply.succeeded()) {
                run.answer.complete(reply.result());
              } else if (!passes(reply.cause())) {
                run.answer.fail(reply.cause());
              } else if (!whole && isError(reply.cause(), "NOSCRIPT")) {
                attempt(run, true, pause);
              } else if (run.left().toMillis() <= pause) {
                run.answer.fail(unavailable(reply.cause()));
              } else {
                int next = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
                vertx.setTimer(
                    pause, timer -> link.context().runOnContext(none -> attempt(run, false, next)));
              }
            });
  }

  private Request request(Run run, boolean whole) {
    Request request =
        whole ? Request.cmd(Command.EVAL).arg(source) : Request.cmd(Command.EVALSHA).arg(sha1);
    request.arg(run.keys.size());
    run.keys.forEach(request::arg);
    run.arguments.forEach(request::arg);
    return request;
  }

  private static boolean passes(Throwable cause) {
    return cause instanceof RedisUnavailable
        || (cause instanceof ErrorType && PASSING.contains(firstWord(cause.getMessage())));
  }

  private static boolean isError(Throwable cause, String word) {
    return cause instanceof ErrorType && firstWord(cause.getMessage()).equals(word);
  }

  private static String firstWord(String message) {
    int end = message.indexOf(' ');
    return end < 0 ? message : message.substring(0, end);
  }

  private static RedisUnavailable unavailable(Throwable cause) {
    return cause instanceof RedisUnavailable already
        ? already
        : new RedisUnavailable("Redis refused for too long", cause);
  }

  private static String read(String path) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try (InputStream in = loader.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalArgumentException("no such script: " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha1(String source) {
    try {
      byte[] text = source.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }
}
