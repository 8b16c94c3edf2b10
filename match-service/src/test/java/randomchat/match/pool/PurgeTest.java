package randomchat.match.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class PurgeTest extends PoolTest {

  @Test
  void a_ticket_whose_lease_ended_goes_and_a_live_one_stays() {
    join("1", "music");
    join("2");
    endLease("1");
    assertEquals(1, purge("1", "2"));
    assertNull(state("1"));
    assertFalse(isInLine("1") || exists("{pool}:interest:music"));
    assertTrue(isInLine("2"));
    assertEquals(0, purge("1", "2"));
  }

  @Test
  void a_pairing_is_not_purge_s_to_end() {
    pair("1", "2");
    endLease("1");
    assertEquals(0, purge("1"));
    assertEquals("reserved", state("1"));
  }

  @Test
  void what_a_lost_ticket_left_in_an_index_goes() {
    join("1", "music");
    pool.command("DEL", "{pool}:ticket:1");
    assertEquals(0, purge("1"));
    assertFalse(isInLine("1") || exists("{pool}:interest:music"));
  }

  private static int purge(String... users) {
    List<UserId> ghosts = List.of(users).stream().map(UserId::new).toList();
    return RealPool.get(pool.scripts().purge(ghosts, List.of("music")));
  }
}
