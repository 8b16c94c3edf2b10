package randomchat.match.socket;

import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import randomchat.kit.socket.Admission;
import randomchat.kit.socket.CloseCode;
import randomchat.match.pool.PoolSettings;

/**
 * A replica that shuts down goes on matching those who wait, and sends them away with 1012 towards
 * the end, spread, so that they do not all come to the other replicas at once. They keep their
 * places.
 */
@Singleton
class Drain {

  private static final double FIRST = 0.7; // of the time there is
  private static final double LAST = 0.95;

  private final Vertx vertx;
  private final WaitingRoom room;
  private final long millis;

  Drain(Vertx vertx, WaitingRoom room, PoolSettings settings) {
    this.vertx = vertx;
    this.room = room;
    this.millis = settings.drain().toMillis();
  }

  void begin(@Observes Admission.DrainBegins begins) {
    after(FIRST, this::spread);
    after(LAST, () -> List.copyOf(room.seats()).forEach(this::sendAway));
  }

  private void spread() {
    for (Seat seat : room.seats()) {
      double share = ThreadLocalRandom.current().nextDouble(LAST - FIRST);
      after(share, () -> sendAway(seat));
    }
  }

  private void sendAway(Seat seat) {
    room.end(seat, CloseCode.RESTARTING);
  }

  private void after(double share, Runnable action) {
    vertx.setTimer(Math.max(1, (long) (millis * share)), timer -> room.run(action));
  }
}
