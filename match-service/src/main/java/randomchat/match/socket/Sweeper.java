package randomchat.match.socket;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import randomchat.match.pool.Outage;
import randomchat.match.pool.PoolStore;

/** Undoes, on every replica, what was not finished in time on any. */
@Singleton
class Sweeper {

  private static final int EVERY_MILLIS = 500;

  private final Vertx vertx;
  private final WaitingRoom room;
  private final PoolStore pool;
  private final Outage outage;
  private boolean sweeps;

  Sweeper(Vertx vertx, WaitingRoom room, PoolStore pool, Outage outage) {
    this.vertx = vertx;
    this.room = room;
    this.pool = pool;
    this.outage = outage;
  }

  void start(@Observes StartupEvent start) {
    vertx.setPeriodic(EVERY_MILLIS, timer -> room.run(this::sweep));
  }

  private void sweep() {
    if (sweeps) {
      return;
    }
    sweeps = true;
    pool.sweep().onSuccess(done -> outage.onAnswer()).onComplete(done -> sweeps = false);
  }
}
