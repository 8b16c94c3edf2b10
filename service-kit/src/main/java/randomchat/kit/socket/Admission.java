package randomchat.kit.socket;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;
import randomchat.kit.config.Settings;
import randomchat.kit.observe.Meters;

/**
 * Counts the sockets of this replica and says whether one more may open: not over {@code
 * MAX_ALLOWED_CONNS}, and none once the replica drains. A shutdown waits until the last socket has
 * closed, at most {@code DRAIN_SECONDS}; requests are answered until then.
 */
@Startup
@Singleton
public final class Admission {

  /** Fired once, when the replica begins to send its clients away; observers must not block. */
  public record DrainBegins() {}

  private static final Logger LOG = Logger.getLogger(Admission.class);

  private static final AttributeKey<Boolean> HAS_PLACE = AttributeKey.valueOf("random-chat.place");

  private final int most;
  private final Duration drain;
  private int open;
  private boolean draining;

  Admission(Settings settings, Meters meters) {
    this.most = settings.integer("MAX_ALLOWED_CONNS", 200, 1, 1_000_000);
    // Even in no time at all the last closes have to get out.
    this.drain = Duration.ofSeconds(Math.max(1, settings.integer("DRAIN_SECONDS", 10, 0, 3600)));
    meters.gauge("sockets.open", "Sockets that hold a place of this replica", this::open);
    meters.gauge("sockets.allowed", "Places of this replica, MAX_ALLOWED_CONNS", () -> most);
  }

  /**
   * Takes a place, to be given back by {@link #leave()} or {@link #leaveWith}; false when there is
   * none.
   */
  public synchronized boolean enter() {
    if (draining || open >= most) {
      return false;
    }
    open++;
    return true;
  }

  /**
   * Gives the place back when the connection is closed, whatever becomes of its socket, also if it
   * never opens. A connection holds one place at most.
   */
  public void leaveWith(Channel channel) {
    if (channel.attr(HAS_PLACE).setIfAbsent(true) == null) {
      channel.closeFuture().addListener(closed -> leave());
    } else {
      leave();
    }
  }

  public synchronized void leave() {
    open--;
    notifyAll();
  }

  public synchronized int open() {
    return open;
  }

  public synchronized boolean isDraining() {
    return draining;
  }

  void drain(@Observes ShutdownDelayInitiatedEvent shutdown, Event<DrainBegins> drainBegins)
      throws InterruptedException {
    synchronized (this) {
      draining = true;
      LOG.infof("draining %d sockets", open);
    }
    drainBegins.fire(new DrainBegins());
    long deadline = System.nanoTime() + drain.toNanos();
    synchronized (this) {
      for (long left; open > 0 && (left = deadline - System.nanoTime()) > 0; ) {
        wait(Math.max(1, left / 1_000_000));
      }
    }
  }

  /** A replica that drains takes no new traffic. */
  @Readiness
  static final class Draining implements HealthCheck {

    private final Admission admission;

    Draining(Admission admission) {
      this.admission = admission;
    }

    @Override
    public HealthCheckResponse call() {
      return HealthCheckResponse.named("not draining").status(!admission.isDraining()).build();
    }
  }
}
