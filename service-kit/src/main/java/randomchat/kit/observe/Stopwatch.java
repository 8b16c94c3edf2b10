package randomchat.kit.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.concurrent.TimeUnit;

/**
 * A histogram of durations. It writes to the one registry that the platform has, past its
 * composite, which allocates with each record and gets its registry only while a service starts.
 */
public final class Stopwatch {

  private final Timer.Builder timer;
  private final MeterRegistry registry;
  private final Timer before; // the start is over
  private volatile Timer direct;

  Stopwatch(Timer.Builder timer, MeterRegistry registry) {
    this.timer = timer;
    this.registry = registry;
    this.before = timer.register(registry);
  }

  public void record(long nanos) {
    Timer to = direct;
    (to == null ? find() : to).record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer find() {
    if (registry instanceof CompositeMeterRegistry all && all.getRegistries().size() == 1) {
      direct = timer.register(all.getRegistries().iterator().next());
      return direct;
    }
    return before;
  }
}
