package randomchat.match.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
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

  @Test
  void only_what_a_ghost_was_met_by_is_looked_at() {
    List<Ghost> ghosts = new ArrayList<>();
    for (int user = 1; user <= 20; user++) {
      join("" + user, "a", "b", "c", "d", "tag" + user);
      endLease("" + user);
      ghosts.add(new Ghost(new UserId("" + user), "tag" + user));
    }
    pool.command("CONFIG", "RESETSTAT");
    assertEquals(20, RealPool.get(pool.scripts().purge(ghosts)));
    assertTrue(calls("zrem") <= 20 * 8, "calls: " + calls("zrem"));
  }

  private static int purge(String... users) {
    List<Ghost> ghosts =
        List.of(users).stream().map(user -> new Ghost(new UserId(user), "music")).toList();
    return RealPool.get(pool.scripts().purge(ghosts));
  }
}
