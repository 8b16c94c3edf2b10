package randomchat.match.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BlockTest extends PoolTest {

  @Test
  void each_is_in_the_other_s_set_for_long() {
    block("1", "2");
    block("1", "2");
    assertEquals("2", pool.command("SMEMBERS", "{pool}:blocked:1").get(0).toString());
    assertEquals("1", pool.command("SMEMBERS", "{pool}:blocked:2").get(0).toString());
    assertTrue(pool.command("TTL", "{pool}:blocked:2").toInteger() > 29 * 24 * 3600);
  }

  @Test
  void a_pairing_of_the_two_that_is_under_way_is_undone() {
    pair("1", "2");
    block("2", "1");
    assertEquals(1, sweep());
    assertTrue(isInLine("1") && isInLine("2"));
    seek("1");
    assertEquals("waiting", state("1"));
  }

  @Test
  void a_pairing_with_somebody_else_stays() {
    pair("1", "2");
    block("1", "3");
    assertEquals(0, sweep());
    assertEquals("reserved", state("1"));
  }

  private static void block(String user, String peer) {
    RealPool.get(pool.scripts().block(new UserId(user), new UserId(peer)));
  }
}
