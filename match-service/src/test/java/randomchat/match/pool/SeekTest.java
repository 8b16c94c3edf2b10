package randomchat.match.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SeekTest extends PoolTest {

  private static final int PATIENT = 3_000;
  private static final int VERY_PATIENT = 5_000;

  @Test
  void the_first_in_the_line_is_the_partner_and_both_replicas_are_told() {
    var first = pool.hear("r1");
    var second = pool.hear("r2");
    join("1");
    join("2");
    pool.join("3", "c3", "r2");
    ChannelId channel = channel(seek("3"));
    assertHears(second, "reserved " + channel.text() + " 3 c3");
    assertHears(first, "reserved " + channel.text() + " 1 c1");
    assertEquals("waiting", state("2"));
    assertFalse(isInLine("1") || isInLine("3"));
    assertEquals(channel.text(), field("1", "pairing"));
    assertTrue(exists("{pool}:pairing:" + channel.text()));
  }

  @Test
  void seek_twice_answersTheSamePairing() {
    join("1");
    join("2");
    assertEquals(channel(seek("2")), channel(seek("2")));
    assertEquals(1, pool.command("ZCARD", "{pool}:pairings").toInteger());
  }

  @Test
  void nobody_is_matched_with_themselves() {
    join("1", "music");
    assertInstanceOf(Standing.Waiting.class, seek("1"));
  }

  @Test
  void only_the_ticket_s_own_connection_seeks() {
    join("1");
    join("2");
    assertInstanceOf(Standing.Gone.class, pool.seek("2", "c9"));
    assertInstanceOf(Standing.Gone.class, pool.seek("3", "c3"));
    assertEquals("waiting", state("2"));
  }

  @Test
  void a_common_interest_comes_before_the_line() {
    join("1");
    join("2", "chess", "music");
    join("3", "music");
    channel(seek("3"));
    assertEquals("reserved", state("2"));
    assertEquals("waiting", state("1"));
    assertFalse(exists("{pool}:interest:music") || exists("{pool}:interest:chess"));
  }

  @Test
  void of_all_with_a_common_interest_the_first_in_the_line_comes_first() {
    join("1", "chess");
    join("2", "music");
    join("3", "music", "chess");
    channel(seek("3"));
    assertEquals("reserved", state("1"));
  }

  @Test
  void a_look_is_bounded_however_many_interests_it_has() {
    for (int user = 1; user <= 60; user++) {
      join("" + user, "tag" + user % 5);
      pool.command("SADD", "{pool}:blocked:100", "" + user);
    }
    pool.command("EXPIRE", "{pool}:blocked:100", 1_000);
    String[] tags = {"tag0", "tag1", "tag2", "tag3", "tag4"};
    join("100", tags);
    pool.command("CONFIG", "RESETSTAT");
    assertInstanceOf(Standing.Waiting.class, look("100", 10).standings().getFirst());
    assertTrue(calls("hmget") <= 11, "tickets looked at: " + calls("hmget"));
  }

  @Test
  void without_a_common_interest_both_are_open_to_anybody_after_a_while() {
    join("1", "chess");
    join("2", "music");
    join("3");
    assertInstanceOf(Standing.Waiting.class, seek("3"));
    age("2", PATIENT);
    assertInstanceOf(Standing.Waiting.class, renewAndSeek("1"));
    assertInstanceOf(Standing.Reserved.class, seek("2"));
    assertEquals("reserved", state("3"));
  }

  private static Standing renewAndSeek(String user) {
    renew(user, "chess");
    return seek(user);
  }

  @Test
  void an_interest_counts_only_while_its_ticket_has_it() {
    join("1", "music");
    pool.command("HSET", "{pool}:ticket:1", "tags", "chess");
    join("2", "music");
    assertInstanceOf(Standing.Waiting.class, seek("2"));
  }

  @Test
  void a_tag_that_is_part_of_another_is_not_shared() {
    join("1", "rock music");
    join("2", "rock");
    assertInstanceOf(Standing.Waiting.class, seek("2"));
  }

  @Test
  void a_lease_that_ended_is_no_partner() {
    join("1");
    endLease("1");
    join("2");
    Sought sought = look("2", 100);
    assertInstanceOf(Standing.Waiting.class, sought.standings().getFirst());
    assertEquals(List.of(new Ghost(new UserId("1"), "")), sought.ghosts());
  }

  @Test
  void a_ghost_is_told_with_the_interests_that_it_was_met_by() {
    join("1", "music", "chess", "go");
    endLease("1");
    join("2", "chess", "music");
    assertEquals(List.of(new Ghost(new UserId("1"), "chess,music")), look("2", 100).ghosts());
  }

  private static Sought look(String user, int most) {
    return RealPool.get(pool.scripts().seek(List.of(RealPool.ticket(user, "c" + user)), most));
  }

  @Test
  void blocked_users_never_meet_whoever_blocked() {
    RealPool.get(pool.scripts().block(new UserId("1"), new UserId("2")));
    join("1");
    join("2");
    age("1", VERY_PATIENT);
    age("2", VERY_PATIENT);
    assertInstanceOf(Standing.Waiting.class, seek("1"));
    assertInstanceOf(Standing.Waiting.class, seek("2"));
  }

  @Test
  void who_met_lately_is_passed_over_while_somebody_else_waits() {
    meet("1", "2");
    join("1");
    join("2");
    join("3");
    channel(seek("2"));
    assertEquals("reserved", state("3"));
    assertEquals("waiting", state("1"));
  }

  @Test
  void who_met_lately_meets_again_when_both_waited_long_and_nobody_else_is_there() {
    meet("1", "2");
    join("1");
    join("2");
    age("1", VERY_PATIENT);
    assertInstanceOf(Standing.Waiting.class, seek("1"));
    age("2", VERY_PATIENT);
    join("3", "music"); // waits for somebody else yet, and will do for one of the two
    assertInstanceOf(Standing.Waiting.class, seek("1"));
    leave("3", "c3", true);
    assertInstanceOf(Standing.Reserved.class, seek("1"));
  }

  @Test
  void who_met_lately_and_has_just_come_meets_nobody_again_however_long_the_other_waited() {
    meet("1", "2");
    join("1");
    age("1", VERY_PATIENT);
    join("2");
    assertInstanceOf(Standing.Waiting.class, seek("2"));
    join("3", "music"); // waits for somebody else yet
    assertInstanceOf(Standing.Waiting.class, seek("2"));
    age("3", PATIENT);
    channel(seek("2"));
    assertEquals("reserved", state("3"));
  }

  @Test
  void of_many_who_met_lately_the_one_met_longest_ago_comes_first() {
    for (String peer : List.of("2", "3", "4")) {
      meet("1", peer);
      join(peer);
      age(peer, VERY_PATIENT);
    }
    pool.command("ZADD", "{pool}:recent:1", 5, "3");
    pool.command("ZADD", "{pool}:recent:3", 5, "1");
    join("1");
    age("1", VERY_PATIENT);
    channel(seek("1"));
    assertEquals("reserved", state("3"));
  }

  @Test
  void it_is_enough_that_one_of_two_remembers_that_they_met() {
    remember("1", "2"); // who met ten others since has forgotten it
    join("1");
    join("2");
    assertInstanceOf(Standing.Waiting.class, seek("2"));
    join("3");
    channel(seek("2"));
    assertEquals("reserved", state("3"));
  }

  @Test
  void it_is_enough_that_one_of_two_remembers_a_block() {
    pool.command("SADD", "{pool}:blocked:1", "2");
    pool.command("EXPIRE", "{pool}:blocked:1", 1_000);
    join("1");
    join("2");
    age("1", VERY_PATIENT);
    age("2", VERY_PATIENT);
    assertInstanceOf(Standing.Waiting.class, seek("2"));
    assertInstanceOf(Standing.Waiting.class, seek("1"));
  }

  private static void meet(String one, String other) {
    remember(one, other);
    remember(other, one);
  }

  private static void remember(String user, String peer) {
    pool.command("ZADD", "{pool}:recent:" + user, 1_000, peer);
    pool.command("EXPIRE", "{pool}:recent:" + user, 1_000);
  }

  @Test
  void a_batch_pairs_its_own_members() {
    List<Ticket> tickets = new ArrayList<>();
    for (int user = 1; user <= 5; user++) {
      join("" + user);
      tickets.add(RealPool.ticket("" + user, "c" + user));
    }
    Sought sought = RealPool.get(pool.scripts().seek(tickets, 100));
    assertEquals(sought.standings().get(0), sought.standings().get(1));
    assertEquals(sought.standings().get(2), sought.standings().get(3));
    assertInstanceOf(Standing.Waiting.class, sought.standings().get(4));
  }

  @Test
  void among_ten_thousand_a_look_is_bounded_and_the_next_goes_on_behind_it() {
    List<Supplier<Future<Standing>>> joins = new ArrayList<>();
    for (int user = 1; user <= 10_000; user++) {
      Ticket ticket = RealPool.ticket("" + user, "c" + user, "tag" + user);
      joins.add(() -> pool.scripts().join(ticket, "r1"));
      if (joins.size() == 1_000) {
        pool.together(joins);
        joins.clear();
      }
    }
    allCameNow(10_000);
    age("250", PATIENT);
    pool.command("CONFIG", "RESETSTAT");
    join("20000");
    assertInstanceOf(Standing.Waiting.class, seek("20000"));
    assertTrue(calls("hmget") <= 102, "tickets looked at: " + calls("hmget"));
    assertInstanceOf(Standing.Waiting.class, seek("20000"));
    channel(seek("20000"));
    assertEquals("reserved", state("250"));
  }

  /** However long the joins took: nobody is patient yet, and every lease is fresh. */
  private static void allCameNow(int users) {
    String script =
        "local now = redis.call('TIME')[1] * 1000 "
            + "for user = 1, tonumber(ARGV[1]) do "
            + "redis.call('HSET', '{pool}:ticket:' .. user, 'since', now, 'lease', now + 60000) "
            + "end";
    pool.command("EVAL", script, "0", String.valueOf(users));
  }
}
