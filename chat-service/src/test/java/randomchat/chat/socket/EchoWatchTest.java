package randomchat.chat.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import randomchat.kit.observe.Meters;

class EchoWatchTest {

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final EchoWatch watch = new EchoWatch(new Meters(registry).timer("latency", "of echoes"));

  private long timed() {
    return registry.get("randomchat.latency").timer().count();
  }

  private static String tail(String user, String payload, String key) {
    return ServerFrame.tail(0, user, payload, FrameKey.parse(key).orElse(null));
  }

  private static byte[] frame(String tail) {
    return ("{\"message_id\":\"7\",\"time\":1,\"seen\":false," + tail)
        .getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hello", "жду тебя", "naïve", "end 🙂", "🙂", ""})
  void the_echo_of_a_message_is_timed_once(String payload) {
    for (String key : new String[] {"c:1", ""}) {
      String tail = tail("1", payload, key);
      watch.start(tail, System.nanoTime());
      watch.onDelivered(frame(tail));
      watch.onDelivered(frame(tail));
    }
    assertEquals(2, timed());
  }

  @ParameterizedTest
  @ValueSource(strings = {"hello", "жду тебя", "🙂"})
  void another_message_is_not_taken_for_it(String payload) {
    watch.start(tail("1", payload, "c:12"), System.nanoTime());
    watch.onDelivered(frame(tail("1", payload, "c:2")));
    watch.onDelivered(frame(tail("2", payload, "")));
    watch.forget();
    watch.start(tail("1", payload, ""), System.nanoTime());
    watch.onDelivered(frame(tail("2", payload, "")));
    watch.onDelivered(new byte[1]);
    assertEquals(0, timed());
  }

  @Test
  void one_message_at_a_time_is_timed() {
    watch.start(tail("1", "a", "c:1"), System.nanoTime());
    watch.start(tail("1", "b", "c:2"), System.nanoTime());
    watch.onDelivered(frame(tail("1", "a", "c:1")));
    watch.onDelivered(frame(tail("1", "b", "c:2")));
    assertEquals(1, timed());
  }

  @Test
  void what_is_not_stored_is_not_timed() {
    String tail = tail("1", "a", "c:1");
    watch.start(tail, System.nanoTime());
    watch.forget();
    watch.onDelivered(frame(tail));
    assertEquals(0, timed());
  }
}
