package randomchat.faults;

import java.time.Duration;
import java.util.List;

/**
 * How the suite is run: {@code -Dfaults.seed=…}, {@code -Dfaults.only=…} with names of faults, and
 * {@code -Dfaults.minutes=…}, 0 for the short one.
 */
final class Suite {

  private static final Duration SHORT = Duration.ofSeconds(20);
  private static final long SEED =
      Long.getLong("faults.seed", System.currentTimeMillis() % 1_000_000);

  static {
    System.out.println("-Dfaults.seed=" + SEED);
  }

  private Suite() {}

  /** Decides what happens when; printed by every run, so that it can happen again. */
  static long seed() {
    return SEED;
  }

  static boolean isLong() {
    return Integer.getInteger("faults.minutes", 0) > 0;
  }

  /** Whether a fault is to happen in this run. */
  static boolean has(Fault fault) {
    String only = System.getProperty("faults.only", "");
    return only.isEmpty() || List.of(only.split(",")).contains(fault.name());
  }

  /** How long the mixtures of faults go on, all together. */
  static Duration mixture() {
    return isLong() ? Duration.ofMinutes(Integer.getInteger("faults.minutes")) : SHORT;
  }
}
