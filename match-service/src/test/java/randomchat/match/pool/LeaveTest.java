package randomchat.match.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LeaveTest extends PoolTest {

  @Test
  void who_cancels_is_out_of_the_line_at_once() {
    join("1", "music");
    assertFalse(leave("1", "c1", true));
    assertFalse(isInLine("1") || exists("{pool}:interest:music"));
    assertTrue(pool.command("TTL", "{pool}:ticket:1").toInteger() <= 30);
  }

  @Test
  void another_connection_s_ticket_stays() {
    join("1");
    pool.join("1", "c9", "r2");
    leave("1", "c1", true);
    leave("1", "c1", false);
    assertTrue(isInLine("1"));
    assertEquals("c9", field("1", "connection"));
  }

  @Test
  void who_cancels_a_pairing_leaves_the_other_at_the_old_place() {
    Standing.Waiting old = (Standing.Waiting) join("2");
    join("1");
    channel(seek("1"));
    join("3");
    var heard = pool.hear("r1");
    assertTrue(leave("1", "c1", true));
    assertEquals(1, sweep());
    assertHears(heard, "waiting 2 c2");
    assertEquals(old.place(), Long.parseLong(field("2", "place")));
    assertEquals(0, pool.command("ZRANK", "{pool}:tickets", "2").toInteger());
    assertEquals("gone", state("1"));
  }

  @Test
  void who_is_lost_keeps_the_place_for_a_lease_but_is_matched_with_nobody() {
    Standing old = join("1", "music");
    leave("1", "c1", false);
    assertEquals("away", state("1"));
    assertFalse(isInLine("1") || exists("{pool}:interest:music"));
    assertEquals(old, pool.join("1", "c9", "r2", "music"));
    assertTrue(isInLine("1"));
  }

  @Test
  void who_is_lost_during_a_pairing_may_still_come_back_to_it() {
    ChannelId channel = pair("1", "2");
    leave("1", "c1", false);
    assertEquals(new Standing.Reserved(channel), pool.join("1", "c9", "r2"));
  }

  @Test
  void leave_before_a_join_that_is_late_takes_nothing_from_another_connection() {
    join("1");
    leave("1", "c9", true);
    assertInstanceOf(Standing.Gone.class, pool.join("1", "c9", "r2"));
    Ticket late = RealPool.ticket("1", "c9", pool.now());
    assertInstanceOf(Standing.Gone.class, renew(new Renewal(late, false, 0, 0)));
    assertEquals("c1", field("1", "connection"));
    assertTrue(isInLine("1"));

    leave("1", "c1", true);
    leave("1", "c9", true);
    assertInstanceOf(Standing.Gone.class, pool.join("1", "c9", "r2"));
    assertFalse(isInLine("1"));
  }

  @Test
  void leave_before_a_join_that_is_late_leaves_nothing_behind() {
    leave("1", "c1", true);
    assertInstanceOf(Standing.Gone.class, join("1"));
    leave("1", "c1", true);
    assertFalse(isInLine("1"));
  }
}
