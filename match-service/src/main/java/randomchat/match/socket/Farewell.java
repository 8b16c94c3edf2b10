package randomchat.match.socket;

import jakarta.inject.Singleton;
import randomchat.kit.socket.CloseCode;
import randomchat.match.pool.PoolStore;
import randomchat.match.socket.Seat.Phase;

/** What becomes of a ticket or a match when its socket ends. */
@Singleton
class Farewell {

  private static final int GOING_AWAY = 1001;
  private static final int NO_CLOSE_FRAME = 1005; // so says the platform of a lost connection
  private static final int ABNORMAL = 1006;

  private final PoolStore pool;

  Farewell(PoolStore pool) {
    this.pool = pool;
  }

  /** We close: who is to come back keeps the place for a lease. */
  void ofOurs(Seat seat, CloseCode code) {
    if (!seat.hasTicket()) {
      return;
    }
    switch (code) {
      case RESTARTING, NOT_ANSWERING, NOT_READING -> pool.park(seat.ticket());
      case FLOODING, TOO_LARGE -> pool.cancel(seat.ticket());
      default -> {}
    }
  }

  /**
   * The client closed, or was lost: a close frame gives the ticket back, or says that the match has
   * arrived; a lost connection keeps its place until its lease ends.
   */
  void ofTheirs(Seat seat, int code) {
    boolean isLost = code == ABNORMAL || code == NO_CLOSE_FRAME;
    if (seat.hasTicket() && isLost) {
      pool.park(seat.ticket());
    } else if (seat.hasTicket()) {
      pool.cancel(seat.ticket());
    } else if (seat.phase() == Phase.HANDED && !isLost && code != GOING_AWAY) {
      pool.collect(seat.ticket(), seat.channel());
    }
  }
}
