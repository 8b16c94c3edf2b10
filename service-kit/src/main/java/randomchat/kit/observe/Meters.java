package randomchat.kit.observe;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Makes the meters of a service; their names begin with {@code randomchat.}. A meter is made once,
 * at the start, with all its tags, so that it is there before anything happened; what counts
 * afterwards looks nothing up and allocates nothing. No tag may hold what users or the outside
 * choose: its values are constants of an enum.
 */
public final class Meters {

  private static final String PREFIX = "randomchat.";

  /** From what nobody notices to the patience of {@code RedisLink}. */
  private static final Duration[] BOUNDS =
      Stream.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry registry;

  public Meters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** What is added to it is read when somebody asks. To be kept by who counts. */
  public LongAdder counter(String name, String what) {
    return counter(name, what, new String[0]);
  }

  /** A counter for each constant, which is the value of {@code tag} in small letters. */
  public <E extends Enum<E>> Map<E, LongAdder> counters(
      String name, String what, String tag, Class<E> values) {
    Map<E, LongAdder> counters = new EnumMap<>(values);
    for (E value : values.getEnumConstants()) {
      counters.put(value, counter(name, what, tag, value.name().toLowerCase(Locale.ROOT)));
    }
    return counters;
  }

  private LongAdder counter(String name, String what, String... tags) {
    LongAdder count = new LongAdder();
    FunctionCounter.builder(PREFIX + name, count, LongAdder::sum)
        .description(what)
        .tags(tags)
        .register(registry);
    return count;
  }

  /** A histogram from 1 ms to 5 s. */
  public Stopwatch timer(String name, String what) {
    return timer(name, what, BOUNDS);
  }

  /**
   * @param bounds of the buckets of its histogram
   */
  public Stopwatch timer(String name, String what, Duration... bounds) {
    return new Stopwatch(
        Timer.builder(PREFIX + name).description(what).serviceLevelObjectives(bounds), registry);
  }

  /**
   * @param value asked from any thread
   */
  public void gauge(String name, String what, Supplier<Number> value) {
    Gauge.builder(PREFIX + name, value).description(what).register(registry);
  }
}
