package randomchat.match.socket;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import randomchat.kit.socket.CloseCode;
import randomchat.match.announce.HandOut;
import randomchat.match.pool.PoolStore;
import randomchat.match.pool.Renewal;
import randomchat.match.pool.Renewed;
import randomchat.match.pool.Standing;
import randomchat.match.socket.Seat.Phase;

/**
 * Keeps what waits alive: renews leases in batches, looks again for partners with each, tells
 * positions, and pings. A client that answers no ping is sent away.
 */
@Singleton
class Renewals {

  private static final int TICK_MILLIS = 100;
  private static final int AGAIN_MILLIS = 500;

  private final Vertx vertx;
  private final WaitingRoom room;
  private final PoolStore pool;
  private final Rhythm rhythm;

  Renewals(Vertx vertx, WaitingRoom room, PoolStore pool, Rhythm rhythm) {
    this.vertx = vertx;
    this.room = room;
    this.pool = pool;
    this.rhythm = rhythm;
  }

  void start(@Observes StartupEvent start) {
    vertx.setPeriodic(TICK_MILLIS, timer -> room.run(this::tick));
  }

  private void tick() {
    long now = Seat.now();
    List<Seat> due = new ArrayList<>();
    for (Seat seat : List.copyOf(room.seats())) {
      supervise(seat, now);
      if (seat.isDue(now)) {
        switch (seat.phase()) {
          case JOINING -> room.join(seat);
          case WAITING, AWAY, RESERVED -> due.add(seat);
          case FOUND, HANDED, CLOSED -> seat.notDue();
        }
      }
    }
    for (int from = 0; from < due.size(); from += PoolStore.MOST_TICKETS) {
      renew(due.subList(from, Math.min(due.size(), from + PoolStore.MOST_TICKETS)));
    }
  }

  private void supervise(Seat seat, long now) {
    if (now - seat.pingedAt() < rhythm.pingEvery()) {
      return;
    }
    if (seat.isSilent()) {
      room.end(seat, CloseCode.NOT_ANSWERING);
    } else if (seat.phase() != Phase.RESERVED) {
      seat.ping(); // during a pairing the one ping that counts is under way
    }
  }

  /** Whoever a renewal brings back to the line looks for a partner in the same round trip. */
  private void renew(List<Seat> seats) {
    List<Integer> revisions = seats.stream().map(Seat::revision).toList();
    List<Renewal> renewals =
        seats.stream()
            .map(s -> new Renewal(s.ticket(), s.hasAnswered(), s.place(), s.since()))
            .toList();
    seats.forEach(Seat::notDue);
    Future<Renewed> renewed = pool.renew(renewals);
    Future<List<Standing>> sought = pool.seek(seats.stream().map(Seat::ticket).toList());
    Future.join(renewed, sought)
        .onComplete(
            both -> {
              seats.forEach(seat -> seat.dueIn(AGAIN_MILLIS));
              for (int i = 0; renewed.succeeded() && i < seats.size(); i++) {
                boolean isNews = seats.get(i).revision() == revisions.get(i);
                onRenewed(seats.get(i), renewals.get(i), renewed.result(), i, isNews);
                if (isNews && sought.succeeded()) {
                  room.onFound(seats.get(i), sought.result().get(i));
                }
              }
            });
  }

  private void onRenewed(Seat seat, Renewal renewal, Renewed renewed, int index, boolean isNews) {
    Standing standing = renewed.standings().get(index);
    if (renewal.answered()) {
      seat.answered(false);
    }
    seat.dueIn(seat.hasAnswered() ? 0 : rhythm.untilRenewal(seat));
    room.take(seat, standing, isNews);
    tellPosition(seat, standing, renewed.waiting());
  }

  private static void tellPosition(Seat seat, Standing standing, long online) {
    boolean wants = seat.asksPosition() && seat.phase() == Phase.WAITING;
    if (wants
        && standing instanceof Standing.Waiting waiting
        && seat.isReadyAfter(Rhythm.POSITION_EVERY)) {
      seat.send(HandOut.waiting(waiting.position(), online));
    }
  }
}
