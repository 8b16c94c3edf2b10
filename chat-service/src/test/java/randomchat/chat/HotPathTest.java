package randomchat.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import randomchat.chat.socket.SocketProbe;
import randomchat.kit.observe.Meters;
import randomchat.kit.observe.Stopwatch;
import randomchat.kit.testing.Await;
import randomchat.kit.testing.RedisResource;

/** What a message costs. */
@QuarkusTest
@WithTestResource(value = RedisResource.class, scope = TestResourceScope.GLOBAL)
class HotPathTest {

  private static final int BURST = 40; // what a member may say at once
  private static final int MEASURED = 100_000; // messages

  @TestHTTPResource("/")
  URI http;

  @Inject RedisDataSource redis;
  @Inject Meters meters;
  @Inject SocketProbe sockets;

  @Test
  void aMessage_isOneCommand_andAtMostOneFlushForEachMember() {
    Await.until("no socket is left", () -> sockets.open() == 0);
    Room room = new Room(http);
    try (ChatClient ann = room.open(room.ann);
        ChatClient bob = room.open(room.bob)) {
      ann.action("joined");
      bob.action("joined");
      ann.text("warm", "w:1");
      bob.next(0);
      AtomicInteger toAnn = sockets.flushes(room.ann);
      AtomicInteger toBob = sockets.flushes(room.bob);
      redis.execute("CONFIG", "RESETSTAT");
      long start = System.nanoTime();
      int stored = 0;
      for (int i = 1; i < BURST; i++) {
        ann.text("m" + i, "c:" + i);
      }
      for (int i = 1; i < BURST; i++) {
        bob.next(0);
        ann.next(0);
        stored++;
      }
      long thirds = (System.nanoTime() - start) / 3_000_000_000L + 2; // renewals meanwhile
      int scripts = calls("evalsha") + calls("eval");
      assertTrue(scripts >= stored && scripts <= stored + thirds, scripts + " scripts");
      assertEquals(stored, calls("xadd"));
      // Those of scripts count too: what is sent besides them are probes alone.
      assertEquals(0, calls("get") + calls("set") + calls("publish"));
      assertTrue(toAnn.get() <= stored, toAnn + " flushes to the sender");
      assertTrue(toBob.get() <= stored, toBob + " flushes to the peer");
    }
  }

  @Test
  void whatIsMeasured_allocatesNothing() {
    LongAdder count = meters.counter("test.count", "What a message is counted by");
    Stopwatch timer = meters.timer("test.time", "What a message is timed by");
    measure(count, timer);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    measure(count, timer);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < MEASURED, allocated + " bytes"); // what the JVM itself may need
  }

  private static void measure(LongAdder count, Stopwatch timer) {
    for (int i = 0; i < MEASURED; i++) {
      count.increment();
      timer.record(i);
    }
  }

  private int calls(String command) {
    Matcher calls =
        Pattern.compile("cmdstat_" + command + ":calls=(\\d+)")
            .matcher(redis.execute("INFO", "commandstats").toString());
    return calls.find() ? Integer.parseInt(calls.group(1)) : 0;
  }
}
