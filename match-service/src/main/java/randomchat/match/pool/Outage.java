package randomchat.match.pool;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.function.LongSupplier;

/**
 * Remembers when Redis did not answer. For one full lease afterwards a lease that has ended says
 * nothing: its replica may not have had a chance to renew it.
 */
@Singleton
public class Outage {

  private final LongSupplier nanos;
  private final long lease;
  private long lastAnswer;
  private long trustedFrom;

  @Inject
  Outage(PoolSettings settings) {
    this(settings, System::nanoTime);
  }

  Outage(PoolSettings settings, LongSupplier nanos) {
    this.nanos = nanos;
    this.lease = settings.lease().toNanos();
    this.lastAnswer = nanos.getAsLong();
    this.trustedFrom = lastAnswer + lease; // what happened before the start is not known
  }

  /** Redis answered a call that is made all the time. */
  public void onAnswer() {
    long now = nanos.getAsLong();
    if (now - lastAnswer > lease / 2) {
      trustedFrom = now + lease;
    }
    lastAnswer = now;
  }

  /** Whether leases may have ended only because Redis was not there. */
  boolean mayHaveEndedLeases() {
    return nanos.getAsLong() - trustedFrom < 0;
  }
}
