package randomchat.match.pool;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TakeTest extends PoolTest {

  private static final String BUCKET = "rate:{block:1}";

  @Test
  void a_burst_is_admitted_and_then_as_many_as_come_back() {
    for (int i = 0; i < 5; i++) {
      assertTrue(pool.take(BUCKET, 6, 5));
    }
    assertFalse(pool.take(BUCKET, 6, 5));
    pool.command("HINCRBY", BUCKET, "at", -11_000);
    assertTrue(pool.take(BUCKET, 6, 5));
    assertFalse(pool.take(BUCKET, 6, 5));
    assertTrue(pool.command("PTTL", BUCKET).toLong() <= 50_000);
  }

  @Test
  void it_never_holds_more_than_a_burst() {
    assertTrue(pool.take(BUCKET, 60, 2));
    pool.command("HINCRBY", BUCKET, "at", -3_600_000);
    assertTrue(pool.take(BUCKET, 60, 2));
    assertTrue(pool.take(BUCKET, 60, 2));
    assertFalse(pool.take(BUCKET, 60, 2));
  }
}
