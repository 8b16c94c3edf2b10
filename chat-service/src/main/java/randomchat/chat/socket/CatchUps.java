package randomchat.chat.socket;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import randomchat.chat.channel.ChannelStore;
import randomchat.chat.channel.Membership;
import randomchat.chat.channel.Place;
import randomchat.chat.channel.Snapshot;
import randomchat.chat.topic.LeaseKeeper;

/** Reads for connections that are behind; not too many at a time, after a loss all are. */
@Singleton
final class CatchUps {

  /** Messages of one read: at most some 300 KB at the default message size. */
  static final int PAGE = 64;

  private static final int MOST_AT_ONCE = 256;

  private final ChannelStore store;
  private final LeaseKeeper leases;
  private final Map<String, Lane> lanes = new HashMap<>(); // by node: none holds up the others

  private static final class Lane {
    final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    int underWay;
  }

  CatchUps(ChannelStore store, LeaseKeeper leases) {
    this.store = store;
    this.leases = leases;
  }

  /** Whether a lease that is not there means that its connection is gone. */
  boolean trustsLeases() {
    return leases.mayExpire();
  }

  /** Milliseconds after which it will, if Redis goes on to answer. */
  long untilTrust() {
    return leases.untilMayExpire();
  }

  Future<Snapshot> read(Membership member, Place from) {
    Promise<Snapshot> answer = Promise.promise();
    Lane lane = lanes.computeIfAbsent(store.node(member.channel()), node -> new Lane());
    Runnable read =
        () -> {
          lane.underWay++;
          store
              .read(member, from, PAGE)
              .onComplete(
                  snapshot -> {
                    lane.underWay--;
                    answer.handle(snapshot);
                    next(lane);
                  });
        };
    if (lane.underWay < MOST_AT_ONCE) {
      read.run();
    } else {
      lane.waiting.add(read);
    }
    return answer.future();
  }

  private static void next(Lane lane) {
    if (lane.underWay < MOST_AT_ONCE && !lane.waiting.isEmpty()) {
      lane.waiting.poll().run();
    }
  }
}
