package randomchat.match.pool;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OutageTest {

  private long nanos;
  private final Outage outage = new Outage(RealPool.SETTINGS, () -> nanos);

  @Test
  void for_a_lease_after_the_start_and_after_an_outage_nobody_is_declared_dead() {
    assertTrue(outage.mayHaveEndedLeases());
    answersFor(11);
    assertFalse(outage.mayHaveEndedLeases());
    pass(8);
    outage.onAnswer();
    assertTrue(outage.mayHaveEndedLeases());
    answersFor(9);
    assertTrue(outage.mayHaveEndedLeases());
    answersFor(2);
    assertFalse(outage.mayHaveEndedLeases());
  }

  private void answersFor(int seconds) {
    for (int i = 0; i < seconds; i++) {
      pass(1);
      outage.onAnswer();
    }
  }

  private void pass(int seconds) {
    nanos += Duration.ofSeconds(seconds).toNanos();
  }
}
