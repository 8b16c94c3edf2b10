package randomchat.match.pool;

import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import randomchat.kit.observe.Meters;
import randomchat.kit.observe.Stopwatch;

/** What is measured of the pool. */
@Startup
@Singleton
public final class PoolMeters {

  /** What becomes of a pairing: each is counted once, by the replica that ends it. */
  enum Outcome {
    MADE,
    UNDONE
  }

  private static final Duration[] BOUNDS =
      IntStream.of(1, 2, 5, 10, 20, 30, 60, 120, 300, 600)
          .mapToObj(Duration::ofSeconds)
          .toArray(Duration[]::new);

  private final Map<Outcome, LongAdder> matches;
  private final Stopwatch timeToMatch;
  private volatile long size;

  PoolMeters(Meters meters) {
    matches =
        meters.counters(
            "matches", "Pairings that both accepted, or that ended", "outcome", Outcome.class);
    timeToMatch =
        meters.timer("time.to.match", "From a socket's place in the line to its match", BOUNDS);
    meters.gauge("pool.size", "Tickets in the line, of all replicas", () -> size);
  }

  /**
   * @param waited milliseconds in the line, by the socket that is told of its match
   */
  public void onMatched(long waited) {
    timeToMatch.record(TimeUnit.MILLISECONDS.toNanos(waited));
  }

  void onAccepted(Acceptance acceptance) {
    if (acceptance instanceof Acceptance.Made) {
      matches.get(Outcome.MADE).increment();
    }
  }

  void onSwept(Swept swept) {
    matches.get(Outcome.UNDONE).add(swept.undone());
    size = swept.waiting();
  }
}
