package randomchat.kit.redis;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * A connection to Redis that is opened again, with back-off, whenever it was lost. Everything
 * happens on one event loop.
 */
final class KeptConnection {

  private static final Logger LOG = Logger.getLogger(KeptConnection.class);
  private static final int FIRST_BACKOFF_MILLIS = 50;
  private static final int LONGEST_BACKOFF_MILLIS = 1_000;

  private final Vertx vertx;
  private final Context loop;
  private final Redis redis;
  private final String name;
  private final Consumer<RedisConnection> onOpen;
  private final Runnable onLoss;
  private int backoff = FIRST_BACKOFF_MILLIS;
  private RedisConnection connection;
  private volatile boolean open;
  private volatile boolean closed;

  /**
   * @param name for the log
   * @param onOpen runs with each new connection
   * @param onLoss runs when it is gone or could not be had, before another is looked for
   */
  KeptConnection(
      Vertx vertx,
      Context loop,
      Redis redis,
      String name,
      Consumer<RedisConnection> onOpen,
      Runnable onLoss) {
    this.vertx = vertx;
    this.loop = loop;
    this.redis = redis;
    this.name = name;
    this.onOpen = onOpen;
    this.onLoss = onLoss;
    loop.runOnContext(none -> connect());
  }

  /** Null while there is none. */
  RedisConnection get() {
    return connection;
  }

  /** May be asked from any thread. */
  boolean isOpen() {
    return open;
  }

  /** Gives this connection up for a new one. */
  void replace() {
    RedisConnection deaf = connection;
    if (deaf != null) {
      lose(deaf);
      deaf.close(); // one that ended by itself must not be closed again: its pool counts
    }
  }

  void close() {
    closed = true;
    loop.runOnContext(
        none -> {
          if (connection != null) {
            connection.close();
          }
        });
  }

  private void connect() {
    if (!closed) {
      redis
          .connect()
          .onFailure(
              error -> {
                LOG.debugf("no %s: %s", name, error.getMessage());
                onLoss.run();
                connectLater();
              })
          .onSuccess(this::opened);
    }
  }

  private void opened(RedisConnection opened) {
    if (closed) {
      opened.close();
      return;
    }
    connection = opened;
    open = true;
    backoff = FIRST_BACKOFF_MILLIS;
    opened.endHandler(none -> loop.runOnContext(n -> lose(opened)));
    opened.exceptionHandler( // a write that failed; the end may or may not be told as well
        error -> loop.runOnContext(n -> lose(opened)));
    onOpen.accept(opened);
  }

  private void lose(RedisConnection lost) {
    if (lost == null || lost != connection) {
      return;
    }
    connection = null;
    open = false;
    onLoss.run();
    if (!closed) {
      LOG.warnf("lost the %s", name);
      connectLater();
    }
  }

  private void connectLater() {
    vertx.setTimer(backoff, timer -> loop.runOnContext(none -> connect()));
    backoff = Math.min(backoff * 2, LONGEST_BACKOFF_MILLIS);
  }
}
