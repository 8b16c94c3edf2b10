package randomchat.match.pool;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import randomchat.kit.redis.RedisLink;
import randomchat.kit.redis.Topics;

/**
 * The pool of those who wait. Every call is one script, safe to repeat, and answers within {@link
 * RedisLink#PATIENCE}, or fails with {@link randomchat.kit.redis.RedisUnavailable} and may then
 * have happened or not.
 */
@Singleton
public class PoolStore {

  /** Tickets in one call: what keeps Redis busy for a millisecond or two at most. */
  public static final int MOST_TICKETS = 100;

  static final int MOST_CANDIDATES = 100;
  private static final int CANDIDATES_OF_A_CALL = 500;
  private static final int FEWEST_CANDIDATES = 5;
  private static final int MOST_GHOSTS = 100;
  private static final int MOST_LOOKS = 50;
  private static final Duration LOOKING = Duration.ofMillis(500); // a lease waits for its end
  static final int MOST_PAIRINGS = 50;

  private final RedisLink link;
  private final PoolScripts scripts;
  private final String replicaId;
  private final Outage outage;
  private final PoolMeters meters;

  PoolStore(RedisLink link, PoolScripts scripts, Topics topics, Outage outage, PoolMeters meters) {
    this.link = link;
    this.scripts = scripts;
    this.replicaId = topics.replicaId();
    this.outage = outage;
    this.meters = meters;
  }

  /** The time on the pool's clock, in milliseconds; empty for a user whom nobody knows. */
  public Future<OptionalLong> arrival(UserId user) {
    String key = PoolKeys.user(user);
    Future<Response> exists = link.send(key, Request.cmd(Command.EXISTS).arg(key));
    Future<Response> time = link.send(PoolKeys.POOL.getFirst(), Request.cmd(Command.TIME));
    return Future.all(exists, time)
        .map(
            both ->
                exists.result().toInteger() == 1
                    ? OptionalLong.of(millis(time.result()))
                    : OptionalLong.empty());
  }

  /** Of a reply to {@code TIME}. */
  static long millis(Response time) {
    return time.get(0).toLong() * 1_000 + time.get(1).toLong() / 1_000;
  }

  /** Empties the inbox if that match's conversation is over; whether it was. */
  public Future<Boolean> takeIfEnded(Ticket ticket, ChannelId channel) {
    String meta = PoolKeys.meta(channel);
    return link.send(meta, Request.cmd(Command.HGET).arg(meta).arg("state"))
        .map(state -> state != null && state.toString().equals("ended"))
        .compose(
            ended ->
                ended ? collect(ticket, channel, false).map(true) : Future.succeededFuture(false));
  }

  /** Takes a place in the line, or takes over what the user's older connection has. */
  public Future<Standing> join(Ticket ticket) {
    return scripts.join(ticket, replicaId);
  }

  /**
   * Looks for partners. What is found is announced to the replicas of both, and told here as well.
   *
   * @param tickets at most {@link #MOST_TICKETS}
   */
  public Future<List<Standing>> seek(List<Ticket> tickets) {
    return seek(tickets, MOST_LOOKS, System.nanoTime() + LOOKING.toNanos());
  }

  /**
   * Where a look met mostly the dead, as after the end of a replica, the next follows at once, if
   * it can meet others.
   */
  private Future<List<Standing>> seek(List<Ticket> tickets, int looks, long until) {
    int share = CANDIDATES_OF_A_CALL / tickets.size();
    int most = Math.clamp(share, FEWEST_CANDIDATES, MOST_CANDIDATES);
    return scripts
        .seek(tickets, most)
        .compose(
            sought -> {
              Future<Integer> purged = purge(sought.ghosts());
              boolean isLast = looks == 1 || System.nanoTime() - until > 0;
              if (isLast || sought.ghosts().size() < most / 2 || !sought.anyWaits()) {
                return Future.succeededFuture(sought.standings());
              }
              return purged
                  .compose(
                      removed ->
                          removed > 0 || sought.goesOn()
                              ? seek(tickets, looks - 1, until)
                              : Future.succeededFuture(sought.standings()))
                  .otherwise(sought.standings());
            });
  }

  /** Removes tickets whose lease ended, unless after an outage their replicas had no chance yet. */
  private Future<Integer> purge(List<Ghost> ghosts) {
    if (ghosts.isEmpty() || outage.mayHaveEndedLeases()) {
      return Future.succeededFuture(0);
    }
    return scripts.purge(ghosts.stream().limit(MOST_GHOSTS).toList());
  }

  /**
   * Renews leases and restores what Redis has lost.
   *
   * @param renewals at most {@link #MOST_TICKETS}
   */
  public Future<Renewed> renew(List<Renewal> renewals) {
    return scripts.renew(renewals, replicaId);
  }

  /** A member of a pairing answered its ping. */
  public Future<Acceptance> accept(Ticket ticket, ChannelId channel) {
    return scripts
        .accept(ticket.user(), ticket.connection(), channel)
        .onSuccess(meters::onAccepted);
  }

  /** Gives the ticket back for good, and a pairing with it, which is undone at once. */
  public Future<Void> cancel(Ticket ticket) {
    return scripts
        .leave(ticket.user(), ticket.connection(), true)
        .compose(undo -> undo ? sweep() : Future.succeededFuture());
  }

  /** Takes the ticket out of the line; its user finds the place kept within the lease. */
  public Future<Void> park(Ticket ticket) {
    return scripts.leave(ticket.user(), ticket.connection(), false).mapEmpty();
  }

  /** The match of that channel has arrived. */
  public Future<Void> collect(Ticket ticket, ChannelId channel) {
    return collect(ticket, channel, true).mapEmpty();
  }

  private Future<Boolean> collect(Ticket ticket, ChannelId channel, boolean leaves) {
    return scripts.collect(ticket.user(), ticket.connection(), channel, leaves);
  }

  /** Undoes the pairings that were not accepted in time, whoever made them. */
  public Future<Void> sweep() {
    return scripts
        .sweep(MOST_PAIRINGS)
        .onSuccess(meters::onSwept)
        .compose(swept -> swept.undone() == MOST_PAIRINGS ? sweep() : Future.succeededFuture());
  }

  /** The two are never matched again, either way round. */
  public Future<Void> block(UserId user, UserId peer) {
    return scripts.block(user, peer).compose(done -> sweep());
  }
}
