package randomchat.match.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SweepTest extends PoolTest {

  @Test
  void who_accepted_is_back_at_the_old_place_and_who_did_not_is_away_at_the_end() {
    Standing.Waiting silent = (Standing.Waiting) join("1", "music");
    Standing.Waiting patient = (Standing.Waiting) join("2", "music");
    join("3", "chess");
    ChannelId channel = channel(seek("2"));
    accept("2", channel);
    passDeadline(channel);
    var heard = pool.hear("r1");
    assertEquals(1, sweep());
    assertHears(heard, "waiting 2 c2");
    assertHears(heard, "away 1 c1");
    assertEquals(patient.place(), pool.command("ZSCORE", "{pool}:tickets", "2").toLong());
    assertTrue(exists("{pool}:interest:music"));
    assertFalse(isInLine("1"));
    assertTrue(Long.parseLong(field("1", "place")) > silent.place());
    assertTrue(Long.parseLong(field("1", "place")) > Long.parseLong(field("3", "place")));
    assertFalse(exists("{pool}:pairing:" + channel.text()));
    assertEquals(0, sweep());
  }

  @Test
  void a_pairing_in_time_and_one_that_was_made_stay() {
    pair("1", "2");
    ChannelId made = match("3", "4");
    assertEquals(0, sweep());
    pool.command("ZADD", "{pool}:pairings", 1, made.text());
    sweep();
    assertEquals("matched", state("3"));
    assertEquals("reserved", state("1"));
  }

  @Test
  void who_went_on_elsewhere_is_not_touched() {
    ChannelId channel = pair("1", "2");
    leave("1", "c1", true);
    pool.join("1", "c9", "r2");
    passDeadline(channel);
    sweep();
    assertEquals("waiting", state("1"));
    assertEquals("c9", field("1", "connection"));
  }

  @Test
  void a_deadline_without_its_pairing_goes() {
    ChannelId channel = pair("1", "2");
    pool.command("DEL", "{pool}:pairing:" + channel.text());
    passDeadline(channel);
    pool.command("EXPIRE", "{pool}:pairing:" + channel.text(), 60);
    assertEquals(1, sweep());
    assertEquals(0, sweep());
  }
}
