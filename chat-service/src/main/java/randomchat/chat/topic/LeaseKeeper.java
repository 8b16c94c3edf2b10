package randomchat.chat.topic;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import randomchat.chat.channel.ChannelSettings;
import randomchat.chat.channel.ChannelState;
import randomchat.chat.channel.ChannelStore;
import randomchat.chat.channel.Membership;
import randomchat.kit.redis.RedisLink;

/**
 * Renews the presence leases of this replica's connections, each channel at a third of the lease,
 * spread over that time; and ends a channel whose second member does not come.
 *
 * <p>Nobody declares others' leases over before it could renew its own for one full lease: after an
 * outage of Redis all leases are old, also of those who are there.
 */
@Singleton
public final class LeaseKeeper {

  private static final Logger LOG = Logger.getLogger(LeaseKeeper.class);
  private static final int TICK_MILLIS = 100;

  /** Less than a third of the shortest lease: no renewal follows one that Redis sits on. */
  private static final long SLOW_NANOS = Duration.ofMillis(500).toNanos();

  private final Vertx vertx;
  private final RedisLink link;
  private final LocalChannels channels;
  private final ChannelStore store;
  private final ChannelSettings settings;
  private final ArrayDeque<LocalChannel> round = new ArrayDeque<>();
  private long roundStarted = System.nanoTime();
  private int perTick;
  private long troubleAt = System.nanoTime();
  private int unanswered; // renewals
  private long lastAnswer = System.nanoTime(); // to one, or since when we wait for the first

  LeaseKeeper(
      Vertx vertx,
      RedisLink link,
      LocalChannels channels,
      ChannelStore store,
      ChannelSettings settings) {
    this.vertx = vertx;
    this.link = link;
    this.channels = channels;
    this.store = store;
    this.settings = settings;
  }

  void start(@Observes StartupEvent startup) {
    vertx.setPeriodic(TICK_MILLIS, timer -> link.context().runOnContext(none -> tick()));
  }

  /** Whether leases of others that are over may be declared so. */
  public boolean mayExpire() {
    long now = System.nanoTime();
    boolean answers = unanswered == 0 || now - lastAnswer < SLOW_NANOS;
    return answers && now - troubleAt > settings.lease().toNanos();
  }

  /**
   * After how many milliseconds {@link #mayExpire} if Redis goes on to answer; a tenth of a second
   * at least.
   */
  public long untilMayExpire() {
    long nanos = settings.lease().toNanos() - (System.nanoTime() - troubleAt);
    return TICK_MILLIS + Math.max(0, TimeUnit.NANOSECONDS.toMillis(nanos));
  }

  private void tick() {
    long third = settings.lease().toNanos() / 3;
    if (round.isEmpty() && System.nanoTime() - roundStarted >= third) {
      roundStarted = System.nanoTime();
      round.addAll(channels.all());
      long ticks = Math.max(1, third / (TICK_MILLIS * 1_000_000L));
      perTick = (int) (round.size() / ticks) + 1;
    }
    for (int i = 0; i < perTick && !round.isEmpty(); i++) {
      renew(round.poll());
    }
  }

  private void renew(LocalChannel channel) {
    if (channel.followers.isEmpty()) {
      return;
    }
    boolean mayExpire = mayExpire();
    if (unanswered++ == 0) {
      lastAnswer = System.nanoTime();
    }
    store
        .renew(channel.id, channel.entries(), mayExpire)
        .onComplete(
            reply -> {
              unanswered--;
              lastAnswer = System.nanoTime();
              if (reply.failed()) {
                troubleAt = lastAnswer;
              } else {
                channel.members().forEach(member -> onState(channel, member, reply.result()));
              }
            });
  }

  private void onState(LocalChannel channel, Membership member, ChannelState state) {
    switch (state) {
      case COMPLETE -> channel.isComplete = true;
      // Each of them: a record that Redis lost and we made anew does not know that they came.
      case OPEN ->
          store
              .arrival(member, channel.isComplete)
              .onSuccess(arrival -> onArrival(channel, member, arrival.state()));
      case MISSING -> {
        troubleAt = System.nanoTime(); // Redis lost its data
        store.open(member);
      }
      case ALONE, ENDED -> onArrival(channel, member, state);
    }
  }

  private void onArrival(LocalChannel channel, Membership member, ChannelState state) {
    switch (state) {
      case OPEN, COMPLETE, MISSING -> {}
      case ALONE -> {
        LOG.debug("ending a channel whose second member did not come");
        store.end(member, member.peer());
      }
      case ENDED -> List.copyOf(channel.followers).forEach(Follower::onEnd);
    }
  }
}
