package randomchat.match.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AcceptTest extends PoolTest {

  @Test
  void the_second_answer_makes_the_match_and_fills_both_inboxes() {
    ChannelId channel = pair("1", "2");
    var heard = pool.hear("r1");
    assertInstanceOf(Acceptance.Accepted.class, accept("1", channel));
    assertFalse(exists("{pool}:inbox:1") || exists("{pool}:inbox:2"));
    Acceptance.Made made = assertInstanceOf(Acceptance.Made.class, accept("2", channel));
    assertEquals(new UserId("1"), made.match().peer());
    long exp = made.match().expiresAt().getEpochSecond();
    assertHears(heard, "matched " + channel.text() + " 1 " + exp + " 2 c2");
    assertHears(heard, "matched " + channel.text() + " 2 " + exp + " 1 c1");
    for (String user : new String[] {"1", "2"}) {
      long left = pool.command("PTTL", "{pool}:inbox:" + user).toLong();
      assertTrue(left > 50_000 && left <= 60_000);
      assertEquals("matched", state(user));
    }
    assertTrue(pool.command("ZSCORE", "{pool}:recent:1", "2") != null);
    assertTrue(pool.command("ZSCORE", "{pool}:recent:2", "1") != null);
    assertEquals(0, pool.command("ZCARD", "{pool}:pairings").toInteger());
  }

  @Test
  void accept_twice_isOneAnswer_andTheMatchIsToldAgain() {
    ChannelId channel = pair("1", "2");
    accept("1", channel);
    assertInstanceOf(Acceptance.Accepted.class, accept("1", channel));
    Acceptance made = accept("2", channel);
    assertEquals(made, accept("2", channel));
  }

  @Test
  void what_a_connection_answered_counts_no_more_once_another_took_its_ticket_over() {
    ChannelId channel = pair("1", "2");
    accept("1", channel);
    assertEquals(new Standing.Reserved(channel), pool.join("1", "c9", "r2"));
    assertInstanceOf(Acceptance.Accepted.class, accept("2", channel));
    assertInstanceOf(Acceptance.Made.class, pool.accept("1", "c9", channel));
  }

  @Test
  void an_answer_after_the_deadline_is_late_though_nobody_swept() {
    ChannelId channel = pair("1", "2");
    accept("1", channel);
    passDeadline(channel);
    assertInstanceOf(Acceptance.Late.class, accept("2", channel));
    assertFalse(exists("{pool}:inbox:1"));
  }

  @Test
  void a_stranger_or_an_unknown_channel_is_late() {
    ChannelId channel = pair("1", "2");
    join("3");
    assertInstanceOf(Acceptance.Late.class, accept("3", channel));
    assertInstanceOf(Acceptance.Late.class, accept("1", new ChannelId("77")));
    assertInstanceOf(Acceptance.Late.class, pool.accept("1", "c9", channel));
  }

  @Test
  void the_last_ten_peers_are_remembered() {
    for (int peer = 1; peer <= 12; peer++) {
      pool.command("ZADD", "{pool}:recent:1", peer, "9" + peer);
    }
    match("1", "2");
    assertEquals(10, pool.command("ZCARD", "{pool}:recent:1").toInteger());
    assertTrue(pool.command("ZSCORE", "{pool}:recent:1", "2") != null);
    assertTrue(pool.command("ZSCORE", "{pool}:recent:1", "93") == null);
  }
}
