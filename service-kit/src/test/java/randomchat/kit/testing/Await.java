package randomchat.kit.testing;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition: ten seconds, unless said otherwise. */
public final class Await {

  private static final long POLL_NANOS = 5_000_000;

  private Await() {}

  public static void until(String what, BooleanSupplier condition) {
    until(what, 10, condition);
  }

  public static void until(String what, int seconds, BooleanSupplier condition) {
    until(() -> what, seconds, condition);
  }

  /** Says what is missing as it is at the end. */
  public static void until(Supplier<String> what, int seconds, BooleanSupplier condition) {
    if (!within(seconds, condition)) {
      throw new AssertionError("not in " + seconds + " s: " + what.get());
    }
  }

  /** Whether it becomes true in that time. */
  public static boolean within(int seconds, BooleanSupplier condition) {
    long deadline = System.nanoTime() + seconds * 1_000_000_000L;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    return true;
  }
}
