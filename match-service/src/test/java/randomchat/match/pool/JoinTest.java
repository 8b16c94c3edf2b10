package randomchat.match.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import randomchat.kit.testing.Await;

class JoinTest extends PoolTest {

  @Test
  void who_joins_waits_at_the_end_of_the_line() {
    Standing.Waiting first = assertInstanceOf(Standing.Waiting.class, join("1"));
    Standing.Waiting second = assertInstanceOf(Standing.Waiting.class, join("2"));
    assertTrue(first.place() < second.place());
    assertEquals("waiting", state("1"));
    assertTrue(isInLine("1") && isInLine("2"));
  }

  @Test
  void join_twice_keepsThePlace() {
    Standing first = join("1", "music");
    join("2");
    assertEquals(first, join("1", "music"));
    assertEquals(0, pool.command("ZRANK", "{pool}:tickets", "1").toInteger());
  }

  @Test
  void a_second_connection_takes_the_place_and_the_first_one_s_replica_is_told() {
    var heard = pool.hear("r1");
    Standing first = join("1", "music");
    assertEquals(first, pool.join("1", "c9", "r2", "chess"));
    assertHears(heard, "replaced 1 c1");
    assertEquals("c9", field("1", "connection"));
    assertFalse(exists("{pool}:interest:music"));
    assertTrue(exists("{pool}:interest:chess"));
  }

  @Test
  void a_second_connection_takes_a_pairing_in_progress_over() {
    ChannelId channel = pair("1", "2");
    assertEquals(new Standing.Reserved(channel), pool.join("2", "c9", "r2"));
    assertInstanceOf(Acceptance.Late.class, pool.accept("2", "c2", channel));
    assertInstanceOf(Acceptance.Accepted.class, pool.accept("2", "c9", channel));
    assertInstanceOf(Acceptance.Made.class, accept("1", channel));
  }

  @Test
  void a_pairing_that_is_no_more_leaves_a_place_in_the_line() {
    ChannelId channel = pair("1", "2");
    pool.command("DEL", "{pool}:pairing:" + channel.text());
    assertInstanceOf(Standing.Waiting.class, pool.join("2", "c9", "r2"));
    assertTrue(isInLine("2"));
  }

  @Test
  void an_undelivered_match_is_answered_at_once() {
    ChannelId channel = match("1", "2");
    var heard = pool.hear("r1");
    Standing.Matched matched = assertInstanceOf(Standing.Matched.class, pool.join("2", "c9", "r2"));
    assertEquals(channel, matched.match().channel());
    assertEquals(new UserId("1"), matched.match().peer());
    assertHears(heard, "replaced 2 c2");
    assertFalse(isInLine("2"));
  }

  @Test
  void a_connection_that_asked_earlier_takes_nothing_over_however_late_it_is_heard() {
    long earlier = pool.now() - 1;
    join("1");
    var heard = pool.hear("r1");
    assertInstanceOf(Standing.Replaced.class, pool.join("1", "c9", "r2", earlier));
    assertEquals("c1", field("1", "connection"));
    assertTrue(isInLine("1"));
    assertTrue(heard.isEmpty());

    leave("1", "c1", true);
    assertInstanceOf(Standing.Replaced.class, pool.join("1", "c9", "r2", earlier));
    assertFalse(isInLine("1"));
  }

  @Test
  void of_two_that_asked_at_one_moment_the_same_one_stays_however_often_they_are_heard() {
    pool.join("1", "c1", "r1", 5);
    assertInstanceOf(Standing.Waiting.class, pool.join("1", "c2", "r1", 5));
    assertInstanceOf(Standing.Replaced.class, pool.join("1", "c1", "r1", 5));
    assertInstanceOf(Standing.Waiting.class, pool.join("1", "c2", "r1", 5));
  }

  @Test
  void who_asked_before_a_match_was_delivered_gets_that_match() {
    ChannelId channel = match("1", "2");
    long before = pool.now();
    awaitLaterThan(before);
    collect("2", channel);
    Standing.Matched again =
        assertInstanceOf(Standing.Matched.class, pool.join("2", "c9", "r2", before));
    assertEquals(channel, again.match().channel());
    assertFalse(isInLine("2"));

    assertFalse(collect("2", "c9", channel));
    Standing.Matched third =
        assertInstanceOf(Standing.Matched.class, pool.join("2", "d1", "r2", before));
    assertEquals(channel, third.match().channel());
  }

  @Test
  void who_asks_after_a_match_was_delivered_waits_for_another() {
    ChannelId channel = match("1", "2");
    collect("2", channel);
    assertInstanceOf(Standing.Waiting.class, pool.join("2", "c9", "r2"));
    assertTrue(isInLine("2"));
  }

  private static boolean collect(String user, ChannelId channel) {
    return collect(user, "c" + user, channel);
  }

  private static boolean collect(String user, String connection, ChannelId channel) {
    return RealPool.get(
        pool.scripts().collect(new UserId(user), new ConnectionId(connection), channel, true));
  }

  private static void awaitLaterThan(long time) {
    Await.until("the clock goes on", () -> pool.now() > time);
  }

  @Test
  void a_join_that_is_repeated_after_its_connection_left_does_nothing() {
    join("1");
    leave("1", "c1", true);
    assertInstanceOf(Standing.Gone.class, join("1"));
    assertFalse(isInLine("1"));
    assertInstanceOf(Standing.Waiting.class, pool.join("1", "c9", "r2"));
  }

  @Test
  void a_place_lives_as_long_as_its_lease() {
    Standing.Waiting old = (Standing.Waiting) join("1");
    join("2");
    endLease("1");
    Standing.Waiting again = (Standing.Waiting) pool.join("1", "c9", "r2");
    assertTrue(again.place() > old.place());
    assertEquals(1, pool.command("ZRANK", "{pool}:tickets", "1").toInteger());
  }
}
