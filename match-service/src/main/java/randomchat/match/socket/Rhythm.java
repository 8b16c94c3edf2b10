package randomchat.match.socket;

import jakarta.inject.Singleton;
import java.time.Duration;
import randomchat.match.pool.PoolSettings;

/** How often what is done for a seat, in milliseconds. */
@Singleton
final class Rhythm {

  static final int POSITION_EVERY = 2_000;

  private static final int MOST = 10_000; // so that a match is found while it is in the inbox
  private static final int LEAST_PING = 1_000;
  private static final int JUST_AFTER = 20;

  private final long renewEvery;
  private final long pingEvery;

  Rhythm(PoolSettings settings) {
    long lease = settings.lease().toMillis();
    this.renewEvery = Math.min(lease / 3, MOST);
    this.pingEvery = Math.clamp(lease / 2, LEAST_PING, MOST);
  }

  /** Until the next renewal, which comes early when somebody new may fit then. */
  long untilRenewal(Seat seat) {
    long next = seat.asksPosition() ? Math.min(renewEvery, POSITION_EVERY) : renewEvery;
    long untilOpen = left(PoolSettings.INTEREST_PATIENCE, seat);
    long untilReunion = left(PoolSettings.REUNION_PATIENCE, seat);
    if (untilOpen > 0) {
      return Math.min(next, untilOpen);
    }
    return untilReunion > 0 ? Math.min(next, untilReunion) : next;
  }

  long pingEvery() {
    return pingEvery;
  }

  private static long left(Duration patience, Seat seat) {
    return patience.toMillis() + JUST_AFTER - seat.waited();
  }
}
