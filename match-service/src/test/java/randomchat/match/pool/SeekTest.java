package randomchat.match.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    Sought sought = RealPool.get(pool.scripts().seek(List.of(RealPool.ticket("2", "c2")), 100));
    assertInstanceOf(Standing.Waiting.class, sought.standings().getFirst());
    assertEquals(List.of(new UserId("1")), sought.ghosts());
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
  void of_many_who_met_lately_the_one_met_longest_ago_comes_first() {
    for (String peer : List.of("2", "3", "4")) {
      meet("1", peer);
      join(peer);
      age(peer, VERY_PATIENT);
    }
    pool.command("ZADD", "{pool}:recent:1", 5, "3");
    join("1");
    age("1", VERY_PATIENT);
    channel(seek("1"));
    assertEquals("reserved", state("3"));
  }

  private static void meet(String one, String other) {
    for (String[] pair : new String[][] {{one, other}, {other, one}}) {
      pool.command("ZADD", "{pool}:recent:" + pair[0], 1_000, pair[1]);
      pool.command("EXPIRE", "{pool}:recent:" + pair[0], 1_000);
    }
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

  private static int calls(String command) {
    String stats = pool.command("INFO", "commandstats").toString();
    Matcher calls = Pattern.compile("cmdstat_" + command + ":calls=(\\d+)").matcher(stats);
    return calls.find() ? Integer.parseInt(calls.group(1)) : 0;
  }
}
