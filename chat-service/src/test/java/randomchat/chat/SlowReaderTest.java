package randomchat.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import randomchat.chat.channel.ChannelHistories;
import randomchat.chat.socket.SocketProbe;
import randomchat.kit.testing.Await;
import randomchat.kit.testing.Line;
import randomchat.kit.testing.RedisResource;

/** A client that does not read costs little, and loses nothing. */
@QuarkusTest
@WithTestResource(value = RedisResource.class, scope = TestResourceScope.GLOBAL)
class SlowReaderTest {

  private static final int LEASE_SECONDS = 10; // the default
  private static final long OUR_BOUND = 128 * 1024;
  private static final long MOST_BELOW = 8 * OUR_BOUND; // with what the platform adds to each frame

  @TestHTTPResource("/")
  URI http;

  @Inject ChannelHistories histories;
  @Inject SocketProbe sockets;
  @Inject RedisDataSource redis;

  private Room room;

  @BeforeEach
  void newRoom() {
    Await.until("no socket is left", () -> sockets.open() == 0);
    room = new Room(http);
  }

  @Test
  void whatItDoesNotRead_waitsInTheStream_andComesInOrderOnceItReads() throws Exception {
    try (Line slow = room.openRaw(room.bob);
        ChatClient ann = room.open(room.ann)) {
      ann.action("joined");
      histories.fill(room.id, room.ann, room.bob, 480, "x".repeat(16_000));
      Await.until("the queue is full", () -> sockets.waiting(room.bob) > OUR_BOUND / 4);
      assertTrue(sockets.waiting(room.bob) < MOST_BELOW, sockets.waiting(room.bob) + " waiting");
      Room other = new Room(http);
      try (ChatClient eve = other.open(other.ann)) {
        eve.text("x", "c:1");
        assertEquals("1", eve.next(0).get("message_id").asText());
      }
      ObjectMapper json = new ObjectMapper();
      int next = 1;
      while (next <= 480) {
        Line.Frame frame = slow.next();
        assertEquals(Line.TEXT, frame.head());
        JsonNode message = json.readTree(frame.content());
        if (message.get("event").asInt() == 0) {
          assertEquals(String.valueOf(next), message.get("message_id").asText());
          next++;
        }
      }
      ann.text("live again", "c:1");
      JsonNode live = json.readTree(slow.next().content());
      assertEquals("481", live.get("message_id").asText());
    }
  }

  @Test
  void whatIsTooLargeForItsQueue_isNotReadAgainAndAgainMeanwhile() throws Exception {
    try (Line slow = room.openRaw(room.bob)) {
      Await.until("it is open", () -> sockets.open() == 1);
      AtomicInteger stuck = new AtomicInteger(); // looks in a row
      Await.until(
          "a little waits, and goes on waiting",
          20,
          () -> {
            if (sockets.waiting(room.bob) > 0) {
              return stuck.incrementAndGet() == 20;
            }
            stuck.set(0);
            histories.fill(room.id, room.ann, room.bob, 1, "x".repeat(16_000));
            return false;
          });
      histories.fill(room.id, room.ann, room.bob, 1, "x".repeat((int) OUR_BOUND));
      int before = reads();
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
      Await.until("a second is over", () -> System.nanoTime() > end);
      assertTrue(reads() - before < 20, reads() - before + " reads");
      assertTrue(sockets.waiting(room.bob) > 0, "it takes nothing");
    }
  }

  /** Of streams by position, as {@code read.lua} does. */
  private int reads() {
    String stats = redis.execute("INFO", "commandstats").toString();
    Matcher calls = Pattern.compile("cmdstat_xrange:calls=(\\d+)").matcher(stats);
    return calls.find() ? Integer.parseInt(calls.group(1)) : 0;
  }

  @Test
  void whoTakesNothingForHalfAMinute_isSentAway_andNobodyElse() throws Exception {
    try (Line stuck = room.openRaw(room.bob);
        ChatClient ann = room.open(room.ann)) {
      ann.action("joined");
      histories.fill(room.id, room.ann, room.bob, 480, "x".repeat(16_000));
      for (int i = 1; i <= 480; i++) {
        ann.next(0);
      }
      Await.until("its queue is full", () -> sockets.waiting(room.bob) > OUR_BOUND / 4);
      sockets.checkLater(25);
      sockets.checkLater(28);
      assertEquals(2, sockets.open());
      ann.action("offline"); // and what she is told on the way is written
      Await.until("all is written", () -> sockets.waiting(room.ann) == 0);
      sockets.checkLater(32);
      Await.until("it is gone", () -> sockets.open() == 1);
      ann.text("still here", "c:1");
      assertEquals("481", ann.next(0).get("message_id").asText());
    }
  }

  @Test
  void whoSaysNothingToTwoPings_isSentAway() throws Exception {
    try (Line silent = room.openRaw(room.bob)) {
      Await.until("it is open", () -> sockets.open() == 1);
      String waiting = silent.next().text(); // what is not written yet would count as not read
      assertTrue(waiting.contains("\"waiting\""), waiting);
      sockets.checkLater(21);
      awaitPing(silent);
      sockets.checkLater(49);
      awaitPing(silent);
      Await.until("all is written", () -> sockets.waiting(room.bob) == 0);
      assertEquals(1, sockets.open());
      sockets.checkLater(52);
      assertEquals(4001, silent.closeCode());
      Await.until("it is gone", () -> sockets.open() == 0);
    }
  }

  @Test
  void whoHadNoTimeToAnswerAPing_isNotOffline() {
    try (ChatClient ann = room.open(room.ann);
        Line silent = room.openRaw(room.bob)) {
      ann.action("joined");
      sockets.checkLater(LEASE_SECONDS + 1);
      ann.text("still there?", "c:1");
      JsonNode told =
          ann.next(f -> f.get("event").asInt() == 0 || f.get("payload").asText().equals("offline"));
      assertEquals(0, told.get("event").asInt());
      sockets.checkLater(LEASE_SECONDS + 4);
      assertEquals(room.bob, ann.action("offline").get("user_id").asText());
    }
  }

  private static void awaitPing(Line client) {
    Line.Frame frame = client.next();
    while (frame.head() == Line.TEXT) {
      frame = client.next();
    }
    assertEquals(Line.PING, frame.head());
  }

  @Test
  void whoPingsAndDoesNotRead_isNotReadEither() throws Exception {
    try (Line flood = room.openRaw(room.bob)) {
      Await.until("it is open", () -> sockets.open() == 1);
      byte[] ping = Line.frame(Line.PING, new byte[125]);
      byte[] many = new byte[ping.length * 1000];
      for (int i = 0; i < 1000; i++) {
        System.arraycopy(ping, 0, many, i * ping.length, ping.length);
      }
      AtomicBoolean blocked = new AtomicBoolean(true);
      CompletableFuture<Void> flooding =
          CompletableFuture.runAsync(
              () -> {
                try {
                  for (int i = 0; i < 400; i++) { // 50 MB
                    flood.send(many);
                  }
                  blocked.set(false);
                } catch (UncheckedIOException closed) {
                  // by the test's end
                }
              });
      long most = 0;
      for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2); System.nanoTime() < end; ) {
        most = Math.max(most, sockets.waiting(room.bob));
      }
      assertTrue(most < MOST_BELOW, most + " waiting");
      assertTrue(blocked.get(), "the flood was read to its end");
      flood.close();
      flooding.get(5, TimeUnit.SECONDS);
    }
  }
}
