package randomchat.match.socket;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import randomchat.kit.redis.RedisLink;
import randomchat.kit.socket.CloseCode;
import randomchat.match.announce.Announcement;
import randomchat.match.announce.HandOut;
import randomchat.match.announce.ReplicaTopic;
import randomchat.match.pool.Acceptance;
import randomchat.match.pool.ChannelId;
import randomchat.match.pool.ConnectionId;
import randomchat.match.pool.Match;
import randomchat.match.pool.PoolMeters;
import randomchat.match.pool.PoolStore;
import randomchat.match.pool.Standing;
import randomchat.match.socket.Seat.Phase;

/**
 * The sockets that wait on this replica, each on its way from a ticket to a match. All of it runs
 * on the event loop of the link to Redis.
 *
 * <p>Whatever is lost on the way (an announcement, a reply, this process) is found again in the
 * pool: by the next renewal, by a sweep of any replica, or by the client that comes back.
 */
@Singleton
class WaitingRoom {

  private static final int AGAIN_MILLIS = 500;

  private final Context loop;
  private final PoolStore pool;
  private final HandOut handOut;
  private final Rhythm rhythm;
  private final Farewell farewell;
  private final PoolMeters meters;
  private final Map<ConnectionId, Seat> seats = new HashMap<>();

  WaitingRoom(
      RedisLink link,
      PoolStore pool,
      HandOut handOut,
      Rhythm rhythm,
      Farewell farewell,
      PoolMeters meters) {
    this.meters = meters;
    this.loop = link.context();
    this.pool = pool;
    this.rhythm = rhythm;
    this.farewell = farewell;
    this.handOut = handOut;
  }

  void follow(@Observes StartupEvent start, ReplicaTopic topic) {
    loop.runOnContext(none -> topic.follow(this::onAnnouncement, this::onLoss));
  }

  /** Runs an action on the loop, after those of the same thread before it. */
  Uni<Void> run(Runnable action) {
    loop.runOnContext(none -> action.run());
    return Uni.createFrom().voidItem();
  }

  Collection<Seat> seats() {
    return seats.values();
  }

  void enter(Seat seat) {
    seats.put(seat.ticket().connection(), seat);
    join(seat);
  }

  /** Takes a ticket and looks for a partner, in one round trip. */
  void join(Seat seat) {
    seat.turn(Phase.JOINING, null);
    seat.notDue();
    int revision = seat.revision();
    Future<Standing> joined = pool.join(seat.ticket());
    Future<List<Standing>> sought = pool.seek(List.of(seat.ticket()));
    Future.join(joined, sought)
        .onComplete(
            both -> {
              seat.dueIn(AGAIN_MILLIS);
              if (joined.failed()) {
                return;
              }
              boolean isNews = seat.revision() == revision;
              boolean looked =
                  sought.succeeded() && !(sought.result().getFirst() instanceof Standing.Gone);
              seat.dueIn(looked && !seat.asksPosition() ? rhythm.untilRenewal(seat) : 0);
              take(seat, joined.result(), isNews);
              if (isNews && looked) {
                onFound(seat, sought.result().getFirst());
              }
            });
  }

  private void seek(Seat seat) {
    int revision = seat.revision();
    pool.seek(List.of(seat.ticket()))
        .onSuccess(
            found -> {
              if (seat.revision() == revision) {
                onFound(seat, found.getFirst());
              }
            });
  }

  /** What a look for a partner found. */
  void onFound(Seat seat, Standing standing) {
    if (standing instanceof Standing.Reserved(ChannelId channel)) {
      reserve(seat, channel);
    }
  }

  /**
   * @param isNews whether nothing was heard of the seat since this was asked: else it takes nothing
   *     back
   */
  void take(Seat seat, Standing standing, boolean isNews) {
    if (seat.phase() == Phase.CLOSED) {
      return;
    }
    switch (standing) {
      case Standing.Waiting waiting -> {
        seat.remember(waiting);
        if (isNews && seat.phase() != Phase.WAITING) {
          seat.turn(Phase.WAITING, null);
        }
      }
      case Standing.Away away -> {
        if (isNews) {
          setAside(seat);
        }
      }
      case Standing.Reserved(ChannelId channel) -> {
        if (isNews) {
          reserve(seat, channel);
        }
      }
      case Standing.Matched(Match match) -> handOutAgain(seat, match);
      case Standing.Replaced replaced -> end(seat, CloseCode.REPLACED);
      case Standing.Gone gone -> {}
    }
  }

  private void onAnnouncement(Announcement announcement) {
    Seat seat = seats.get(announcement.connection());
    if (seat == null) {
      return;
    }
    switch (announcement) {
      case Announcement.Reserved reserved -> reserve(seat, reserved.channel());
      case Announcement.Matched matched -> handOut(seat, matched.match());
      case Announcement.Replaced replaced -> end(seat, CloseCode.REPLACED);
      case Announcement.Away away -> setAside(seat);
      case Announcement.Waiting waiting -> {
        if (seat.phase() == Phase.RESERVED || seat.phase() == Phase.AWAY) {
          seat.turn(Phase.WAITING, null);
          seek(seat);
        }
      }
    }
  }

  private void onLoss() {
    seats.values().forEach(seat -> seat.dueIn(0));
  }

  private void reserve(Seat seat, ChannelId channel) {
    boolean knows = seat.is(Phase.RESERVED, channel);
    if (!knows && seat.hasTicket()) {
      seat.turn(Phase.RESERVED, channel);
      seat.ping();
    }
  }

  private void setAside(Seat seat) {
    if (!seat.hasTicket()) {
      return;
    }
    seat.turn(Phase.AWAY, null);
    if (!seat.isPinged()) {
      seat.ping();
    }
  }

  void onPong(Seat seat, Buffer nonce) {
    if (!seat.isAnsweredBy(nonce)) {
      onNoise(seat);
      return;
    }
    switch (seat.phase()) {
      case RESERVED -> accept(seat, seat.channel());
      case HANDED -> collect(seat);
      case AWAY -> comeBack(seat);
      case JOINING, WAITING, FOUND, CLOSED -> {}
    }
  }

  private void accept(Seat seat, ChannelId channel) {
    pool.accept(seat.ticket(), channel)
        .onSuccess(
            acceptance -> {
              switch (acceptance) {
                case Acceptance.Accepted accepted -> {}
                case Acceptance.Made(Match match) -> handOut(seat, match);
                case Acceptance.Late late -> {
                  if (seat.is(Phase.RESERVED, channel)) {
                    seat.turn(Phase.AWAY, null);
                  }
                  comeBack(seat);
                }
              }
            })
        .onFailure(down -> seat.answered(true));
  }

  private void comeBack(Seat seat) {
    if (seat.phase() == Phase.AWAY) {
      seat.answered(true);
      seat.dueIn(0);
    }
  }

  private void handOut(Seat seat, Match match) {
    if (seat.hasTicket()) { // a match that is found again was made long ago
      meters.onMatched(seat.waited());
    }
    if (seat.hasTicket() || seat.phase() == Phase.FOUND) {
      seat.turn(Phase.HANDED, match.channel());
      seat.send(handOut.matched(seat.ticket().user(), match));
      seat.ping();
    }
  }

  /** Of a match that may have lain there for some time: its channel may be over. */
  private void handOutAgain(Seat seat, Match match) {
    if (!seat.hasTicket()) {
      return;
    }
    seat.turn(Phase.FOUND, match.channel());
    pool.takeIfEnded(seat.ticket(), match.channel())
        .onSuccess(
            ended -> {
              if (seat.phase() == Phase.FOUND && ended) {
                join(seat);
              } else if (seat.phase() == Phase.FOUND) {
                handOut(seat, match);
              }
            })
        .onFailure(
            down -> {
              if (seat.phase() == Phase.FOUND) {
                seat.turn(Phase.JOINING, null);
                seat.dueIn(AGAIN_MILLIS);
              }
            });
  }

  private void collect(Seat seat) {
    pool.collect(seat.ticket(), seat.channel()).onComplete(done -> end(seat, CloseCode.DONE));
  }

  /** A frame that nobody asked for. */
  void onNoise(Seat seat) {
    if (seat.isNoisy()) {
      end(seat, CloseCode.FLOODING);
    }
  }

  /** Closes a socket from our side. */
  void end(Seat seat, CloseCode code) {
    if (seat.phase() != Phase.CLOSED) {
      farewell.ofOurs(seat, code);
      forget(seat);
      seat.close(code);
    }
  }

  void onClosed(Seat seat, int code) {
    if (seat.phase() != Phase.CLOSED) {
      farewell.ofTheirs(seat, code);
      forget(seat);
    }
  }

  private void forget(Seat seat) {
    seats.remove(seat.ticket().connection());
    seat.turn(Phase.CLOSED, null);
  }
}
