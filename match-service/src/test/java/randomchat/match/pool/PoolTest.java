package randomchat.match.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.vertx.redis.client.Response;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import randomchat.kit.testing.RedisServer;

/** What the tests of the scripts share. Connection c1 is user 1's, and so on, unless told. */
abstract class PoolTest {

  static RedisServer server;
  static RealPool pool;

  @BeforeAll
  static void open() {
    server = RedisServer.start();
    pool = new RealPool(server.address());
  }

  @AfterAll
  static void close() {
    pool.close();
    server.close();
  }

  @BeforeEach
  void flush() {
    pool.command("FLUSHALL");
  }

  @AfterEach
  void everyKeyExpires() {
    assertEquals(List.of(), pool.keysWithoutExpiry());
  }

  static Standing join(String user, String... tags) {
    return pool.join(user, "c" + user, "r1", tags);
  }

  static Standing seek(String user) {
    return pool.seek(user, "c" + user);
  }

  static Standing renew(String user, String... tags) {
    return renew(new Renewal(RealPool.ticket(user, "c" + user, tags), false, 0, 0));
  }

  static Standing renew(Renewal renewal) {
    return RealPool.get(pool.scripts().renew(List.of(renewal), "r1")).standings().getFirst();
  }

  static boolean leave(String user, String connection, boolean forGood) {
    return RealPool.get(
        pool.scripts().leave(new UserId(user), new ConnectionId(connection), forGood));
  }

  static int sweep() {
    return RealPool.get(pool.scripts().sweep(50)).undone();
  }

  /** Pairs the two who wait. */
  static ChannelId pair(String one, String other) {
    join(other);
    join(one);
    ChannelId channel = channel(seek(one));
    assertEquals("reserved", state(other));
    return channel;
  }

  /** Pairs the two and lets both accept. */
  static ChannelId match(String one, String other) {
    ChannelId channel = pair(one, other);
    assertInstanceOf(Acceptance.Accepted.class, accept(one, channel));
    assertInstanceOf(Acceptance.Made.class, accept(other, channel));
    return channel;
  }

  static Acceptance accept(String user, ChannelId channel) {
    return pool.accept(user, "c" + user, channel);
  }

  static ChannelId channel(Standing standing) {
    return assertInstanceOf(Standing.Reserved.class, standing).channel();
  }

  static String state(String user) {
    return field(user, "state");
  }

  static String field(String user, String field) {
    Response value = pool.command("HGET", "{pool}:ticket:" + user, field);
    return value == null ? null : value.toString();
  }

  static boolean isInLine(String user) {
    return pool.command("ZSCORE", "{pool}:tickets", user) != null;
  }

  static boolean exists(String key) {
    return pool.command("EXISTS", key).toInteger() == 1;
  }

  /** Lets a user have waited longer, as patience sees it. */
  static void age(String user, long millis) {
    pool.command("HINCRBY", "{pool}:ticket:" + user, "since", -millis);
  }

  static void endLease(String user) {
    pool.command("HSET", "{pool}:ticket:" + user, "lease", 1);
  }

  static void passDeadline(ChannelId channel) {
    pool.command("HSET", "{pool}:pairing:" + channel.text(), "deadline", 1);
    pool.command("ZADD", "{pool}:pairings", 1, channel.text());
  }

  /** How often a command was called since {@code CONFIG RESETSTAT}. */
  static int calls(String command) {
    String stats = pool.command("INFO", "commandstats").toString();
    Matcher calls = Pattern.compile("cmdstat_" + command + ":calls=(\\d+)").matcher(stats);
    return calls.find() ? Integer.parseInt(calls.group(1)) : 0;
  }

  static void assertHears(BlockingQueue<String> heard, String message) {
    try {
      String next = heard.poll(2, TimeUnit.SECONDS);
      assertNotNull(next, message);
      assertEquals(message, next);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
