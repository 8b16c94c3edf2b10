package randomchat.kit.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetersTest {

  private static final int TIMES = 100_000;

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final CompositeMeterRegistry platform = new CompositeMeterRegistry();
  private final Meters meters = new Meters(platform);

  @BeforeEach
  void start() {
    platform.add(registry);
  }

  private enum Colour {
    RED,
    LIGHT_BLUE
  }

  @Test
  void a_counter_is_there_before_it_counts() {
    meters.counter("things.done", "Things");
    assertEquals(0, registry.get("randomchat.things.done").functionCounter().count());
  }

  @Test
  void counters_have_one_tag_for_each_constant() {
    Map<Colour, LongAdder> seen = meters.counters("things.seen", "Things", "colour", Colour.class);
    seen.get(Colour.LIGHT_BLUE).add(2);
    assertEquals(2, count("light_blue"));
    assertEquals(0, count("red"));
  }

  private double count(String colour) {
    return registry.get("randomchat.things.seen").tag("colour", colour).functionCounter().count();
  }

  @Test
  void counting_and_timing_allocate_nothing() {
    LongAdder count = meters.counter("things.done", "Things");
    Map<Colour, LongAdder> seen = meters.counters("things.seen", "Things", "colour", Colour.class);
    Stopwatch timer = meters.timer("things.time", "Time of things");
    use(count, seen, timer);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    use(count, seen, timer);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertEquals(2 * TIMES, registry.get("randomchat.things.time").timer().count());
    assertTrue(allocated < TIMES, allocated + " bytes for " + TIMES + " times"); // of the JVM's own
  }

  private static void use(LongAdder count, Map<Colour, LongAdder> seen, Stopwatch timer) {
    for (int i = 0; i < TIMES; i++) {
      count.increment();
      seen.get(Colour.RED).increment();
      timer.record(i);
    }
  }
}
