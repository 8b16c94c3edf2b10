package randomchat.match.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CollectTest extends PoolTest {

  @Test
  void the_inbox_is_emptied_once_and_the_connection_is_done() {
    ChannelId channel = match("1", "2");
    assertTrue(collect("1", "c1", channel, true));
    assertFalse(collect("1", "c1", channel, true));
    assertFalse(exists("{pool}:inbox:1"));
    assertTrue(exists("{pool}:inbox:2"));
    assertInstanceOf(Standing.Gone.class, join("1"));
  }

  @Test
  void a_later_match_is_not_taken_for_an_earlier_one() {
    match("1", "2");
    assertFalse(collect("1", "c1", new ChannelId("77"), true));
    assertTrue(exists("{pool}:inbox:1"));
  }

  @Test
  void a_connection_that_was_replaced_empties_the_inbox_but_not_the_ticket() {
    ChannelId channel = match("1", "2");
    pool.join("1", "c9", "r2");
    assertTrue(collect("1", "c1", channel, true));
    assertEquals("matched", state("1"));
  }

  @Test
  void after_a_match_that_is_over_the_same_connection_joins_again() {
    ChannelId channel = match("1", "2");
    assertTrue(collect("1", "c1", channel, false));
    assertInstanceOf(Standing.Waiting.class, join("1"));
  }

  private static boolean collect(
      String user, String connection, ChannelId channel, boolean leaves) {
    return RealPool.get(
        pool.scripts().collect(new UserId(user), new ConnectionId(connection), channel, leaves));
  }
}
