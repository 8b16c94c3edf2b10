package randomchat.e2e.system;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import randomchat.kit.testing.Await;

/** Waits for what nobody announces, as long as a whole system may need. */
public final class Eventually {

  public static final int PATIENCE_SECONDS = 20;

  private Eventually() {}

  public static void is(String what, BooleanSupplier fact) {
    is(() -> what, fact);
  }

  public static void is(Supplier<String> what, BooleanSupplier fact) {
    Await.until(what, PATIENCE_SECONDS, fact);
  }
}
