package randomchat.match.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class RenewTest extends PoolTest {

  @Test
  void a_lease_is_renewed_and_the_position_told() {
    join("1");
    Standing.Waiting joined = (Standing.Waiting) join("2");
    endLease("2");
    Renewed renewed =
        RealPool.get(
            pool.scripts()
                .renew(List.of(new Renewal(RealPool.ticket("2", "c2"), false, 0, 0)), "r1"));
    assertEquals(
        new Standing.Waiting(joined.place(), joined.since(), 2), renewed.standings().getFirst());
    assertEquals(2, renewed.waiting());
    assertTrue(Long.parseLong(field("2", "lease")) > 1);
  }

  @Test
  void what_redis_lost_is_restored_at_its_old_place() {
    Standing.Waiting old = (Standing.Waiting) join("1", "music");
    pool.command("FLUSHALL");
    join("2");
    Standing restored =
        renew(new Renewal(RealPool.ticket("1", "c1", "music"), false, old.place(), old.since()));
    assertEquals(new Standing.Waiting(old.place(), old.since(), 1), restored);
    assertTrue(exists("{pool}:interest:music"));
    join("3", "music");
    channel(seek("3"));
    assertEquals("reserved", state("1"));
  }

  @Test
  void another_connection_s_ticket_is_not_renewed() {
    pool.join("1", "c9", "r2");
    assertInstanceOf(Standing.Replaced.class, renew("1"));
    assertEquals("c9", field("1", "connection"));
  }

  @Test
  void the_newest_connection_takes_its_ticket_back_from_an_older_one() {
    Ticket older = RealPool.ticket("1", "c1", 5);
    Ticket newest = RealPool.ticket("1", "c2", 6);
    renew(new Renewal(older, false, 0, 0)); // what Redis lost is restored by whoever comes first
    var heard = pool.hear("r1");
    assertInstanceOf(Standing.Waiting.class, renew(new Renewal(newest, false, 0, 0)));
    assertHears(heard, "replaced 1 c1");
    assertInstanceOf(Standing.Replaced.class, renew(new Renewal(older, false, 0, 0)));

    leave("1", "c2", true);
    Ticket third = RealPool.ticket("1", "c3", 7);
    assertInstanceOf(Standing.Waiting.class, renew(new Renewal(third, false, 0, 0)));
    assertTrue(isInLine("1"));
  }

  @Test
  void a_connection_that_left_does_not_come_back() {
    join("1");
    leave("1", "c1", true);
    assertInstanceOf(Standing.Gone.class, renew("1"));
    assertFalse(isInLine("1"));
  }

  @Test
  void a_mark_without_a_replica_keeps_nobody_from_being_renewed() {
    leave("1", "c9", true); // of a connection whose join never came
    List<Renewal> both =
        List.of(
            new Renewal(RealPool.ticket("1", "c1", 7), false, 0, 0),
            new Renewal(RealPool.ticket("2", "c2", 7), false, 0, 0));
    Renewed renewed = RealPool.get(pool.scripts().renew(both, "r1"));
    renewed.standings().forEach(it -> assertInstanceOf(Standing.Waiting.class, it));
    assertTrue(isInLine("1") && isInLine("2"));
  }

  @Test
  void a_match_that_was_never_fetched_is_over_whoever_renews() {
    match("1", "2");
    pool.command("DEL", "{pool}:inbox:1");
    Ticket newer = RealPool.ticket("1", "c9", pool.now() + 1);
    assertInstanceOf(Standing.Waiting.class, renew(new Renewal(newer, false, 0, 0)));
    assertEquals("c9", field("1", "connection"));
    assertInstanceOf(Standing.Replaced.class, renew("1"));
  }

  @Test
  void a_pairing_and_a_match_are_told() {
    ChannelId channel = pair("1", "2");
    assertEquals(new Standing.Reserved(channel), renew("1"));
    accept("1", channel);
    accept("2", channel);
    Standing.Matched matched = assertInstanceOf(Standing.Matched.class, renew("1"));
    assertEquals(channel, matched.match().channel());
  }

  @Test
  void a_reserved_ticket_without_a_pairing_is_back_in_the_line() {
    ChannelId channel = pair("1", "2");
    pool.command("DEL", "{pool}:pairing:" + channel.text());
    assertInstanceOf(Standing.Waiting.class, renew("1"));
    assertTrue(isInLine("1"));
  }

  @Test
  void a_silent_ticket_stays_away_until_its_client_answers() {
    ChannelId channel = pair("1", "2");
    passDeadline(channel);
    sweep();
    assertInstanceOf(Standing.Away.class, renew("1"));
    assertFalse(isInLine("1"));
    Standing back = renew(new Renewal(RealPool.ticket("1", "c1"), true, 0, 0));
    assertInstanceOf(Standing.Waiting.class, back);
    assertTrue(isInLine("1"));
  }

  @Test
  void how_far_the_last_look_came_is_kept() {
    join("1");
    pool.command("HSET", "{pool}:ticket:1", "cursor", 17);
    renew("1");
    assertEquals("17", field("1", "cursor"));
  }
}
