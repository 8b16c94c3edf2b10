package randomchat.chat.socket;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import randomchat.chat.channel.ChannelSettings;
import randomchat.chat.channel.ChannelStore;
import randomchat.kit.redis.RedisLink;
import randomchat.kit.socket.Admission.DrainBegins;
import randomchat.kit.socket.CloseCode;

/**
 * Closes sockets whose token expired, whose client does not answer or read; drains on shutdown.
 *
 * <p>A client that was not heard for a lease and owes an answer to a ping is offline: its network
 * may be gone without a word. Its socket stays for a while, and brings it back as soon as it is
 * heard.
 */
@Singleton
final class SocketKeeper {

  private static final int TICK_MILLIS = 1_000;
  private static final long TICK_NANOS = Duration.ofMillis(TICK_MILLIS).toNanos();
  private static final long LONGEST_PING_NANOS = Duration.ofSeconds(20).toNanos();
  private static final long SILENT_NANOS = Duration.ofSeconds(50).toNanos(); // two pings at least
  private static final long ANSWER_NANOS = Duration.ofSeconds(2).toNanos(); // to a ping, at most
  private static final long STALLED_NANOS = Duration.ofSeconds(30).toNanos();

  /** Part of the time to drain that is left for the last closes to get out. */
  private static final double SPREAD = 0.8;

  /** Part of the time to drain after which nobody is waited for. */
  private static final double LAST = 0.9;

  private final Vertx vertx;
  private final Context loop;
  private final Connections connections;
  private final ChannelStore store;
  private final SocketSettings settings;
  private final long lease; // nanoseconds
  private long lastTick = System.nanoTime();
  private long hearsSince = lastTick;

  SocketKeeper(
      Vertx vertx,
      RedisLink link,
      Connections connections,
      ChannelStore store,
      SocketSettings settings,
      ChannelSettings channel) {
    this.vertx = vertx;
    this.loop = link.context();
    this.connections = connections;
    this.store = store;
    this.settings = settings;
    this.lease = channel.lease().toNanos();
  }

  void start(@Observes StartupEvent startup) {
    vertx.setPeriodic(TICK_MILLIS, timer -> loop.runOnContext(none -> tick()));
  }

  void drain(@Observes DrainBegins drainBegins) {
    loop.runOnContext(
        none -> {
          List<OpenSocket> sockets = new ArrayList<>(connections.all());
          Collections.shuffle(sockets);
          double span = settings.drain().toMillis() * SPREAD / Math.max(1, sockets.size());
          for (int i = 0; i < sockets.size(); i++) {
            OpenSocket socket = sockets.get(i);
            long delay = Math.max(1, (long) (i * span));
            vertx.setTimer(delay, timer -> loop.runOnContext(n -> socket.drain()));
          }
          long last = Math.max(1, (long) (settings.drain().toMillis() * LAST));
          vertx.setTimer(last, timer -> loop.runOnContext(n -> closeAll()));
        });
  }

  /** Those that Redis or their client kept from finishing, and who came at the last moment. */
  private void closeAll() {
    connections.all().forEach(socket -> socket.connection().close(CloseCode.RESTARTING));
  }

  private void tick() {
    long now = System.nanoTime();
    if (now - lastTick > 2 * TICK_NANOS) {
      hearsSince = now; // this process hung: who is silent may have had nobody to speak to
    }
    lastTick = now;
    check(now, Instant.now());
  }

  /**
   * @param now on the clock of {@link System#nanoTime}
   * @param instant the same moment on that of the tokens
   */
  void check(long now, Instant instant) {
    for (OpenSocket socket : connections.all()) {
      OutgoingQueue out = socket.connection().out();
      if (out.stalled(now) > STALLED_NANOS) {
        out.kill(CloseCode.NOT_READING);
      } else if (socket.silent(now) > SILENT_NANOS) {
        out.kill(CloseCode.NOT_ANSWERING);
      } else if (!instant.isBefore(socket.connection().membership().expiresAt())) {
        out.close(CloseCode.EXPIRED);
      } else {
        socket.pingAfter(Math.min(lease / 2, LONGEST_PING_NANOS), now);
        notice(socket, now);
      }
    }
  }

  /** Who reads with effort may be too busy to answer a ping: it waits behind what they read. */
  private void notice(OpenSocket socket, long now) {
    ChatConnection connection = socket.connection();
    if (socket.silent(now) <= lease) {
      connection.isThere(true); // the next renewal brings it back
    } else if (connection.isThere()
        && socket.owes(now) >= ANSWER_NANOS
        && now - hearsSince > lease
        && !connection.out().isDraining(now, lease)) {
      connection.isThere(false);
      store.depart(connection.membership(), connection.entry());
    }
  }
}
