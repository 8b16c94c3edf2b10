package randomchat.match.pool;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import randomchat.kit.redis.LuaScript;
import randomchat.kit.redis.RedisLink;

/** The scripts of the pool: what goes in, and what their replies mean. */
@Singleton
final class PoolScripts {

  private final Vertx vertx;
  private final RedisLink link;
  private final PoolSettings settings;
  private final LuaScript join;
  private final LuaScript seek;
  private final LuaScript purge;
  private final LuaScript renew;
  private final LuaScript accept;
  private final LuaScript leave;
  private final LuaScript collect;
  private final LuaScript sweep;
  private final LuaScript block;

  PoolScripts(Vertx vertx, RedisLink link, PoolSettings settings) {
    this.vertx = vertx;
    this.link = link;
    this.settings = settings;
    join = script("join");
    seek = script("candidates", "find", "seek");
    purge = script("purge");
    renew = script("renew");
    accept = script("accept");
    leave = script("leave");
    collect = script("collect");
    sweep = script("sweep");
    block = script("block");
  }

  private LuaScript script(String... own) {
    String[] parts =
        Stream.concat(Stream.of("pool", "line"), Stream.of(own)).toArray(String[]::new);
    return new LuaScript(vertx, link, parts);
  }

  Future<Standing> join(Ticket ticket, String replicaId) {
    return run(
            join,
            Stream.of(
                ticket.user().text(),
                ticket.connection().text(),
                replicaId,
                ticket.interests().text(),
                seconds(settings.keepBlocks()),
                String.valueOf(ticket.arrived())))
        .map(
            reply ->
                switch (reply.get(0).toString()) {
                  case "waiting" ->
                      new Standing.Waiting(reply.get(1).toLong(), reply.get(2).toLong(), 0);
                  case "reserved" -> new Standing.Reserved(new ChannelId(reply.get(1).toString()));
                  case "matched" -> new Standing.Matched(Match.parse(reply.get(1).toString()));
                  case "replaced" -> new Standing.Replaced();
                  default -> new Standing.Gone();
                });
  }

  /**
   * @param most candidates for one ticket, of those who share an interest and of the line
   */
  Future<Sought> seek(List<Ticket> tickets, int most) {
    Stream<String> bounds =
        Stream.of(
            millis(PoolSettings.INTEREST_PATIENCE),
            millis(PoolSettings.REUNION_PATIENCE),
            String.valueOf(most),
            millis(PoolSettings.ANSWER),
            seconds(settings.lifetime()),
            seconds(PoolSettings.KEEP_PAIRING));
    Stream<String> seekers =
        tickets.stream()
            .flatMap(
                ticket ->
                    Stream.of(
                        ticket.user().text(),
                        ticket.connection().text(),
                        ChannelId.random().text()));
    return run(seek, Stream.concat(bounds, seekers)).map(reply -> sought(reply, tickets.size()));
  }

  private static Sought sought(Response reply, int tickets) {
    List<Standing> standings = new ArrayList<>();
    for (int i = 0; i < tickets; i++) {
      standings.add(
          switch (reply.get(i).get(0).toString()) {
            case "waiting" -> new Standing.Waiting(0, 0, 0);
            case "reserved" -> new Standing.Reserved(new ChannelId(reply.get(i).get(1).toString()));
            case "away" -> new Standing.Away();
            default -> new Standing.Gone();
          });
    }
    boolean goesOn =
        IntStream.range(0, tickets).anyMatch(i -> reply.get(i).get(2).toInteger() == 1);
    List<Ghost> ghosts = new ArrayList<>();
    Response met = reply.get(tickets);
    for (int i = 0; i < met.size(); i += 2) {
      ghosts.add(new Ghost(new UserId(met.get(i).toString()), met.get(i + 1).toString()));
    }
    return new Sought(standings, goesOn, ghosts);
  }

  /** How many tickets it removed. */
  Future<Integer> purge(List<Ghost> ghosts) {
    return run(
            purge, ghosts.stream().flatMap(ghost -> Stream.of(ghost.user().text(), ghost.metBy())))
        .map(Response::toInteger);
  }

  Future<Renewed> renew(List<Renewal> renewals, String replicaId) {
    Stream<String> tickets =
        renewals.stream()
            .flatMap(
                renewal ->
                    Stream.of(
                        renewal.ticket().user().text(),
                        renewal.ticket().connection().text(),
                        renewal.answered() ? "1" : "0",
                        renewal.ticket().interests().text(),
                        String.valueOf(renewal.place()),
                        String.valueOf(renewal.since()),
                        String.valueOf(renewal.ticket().arrived())));
    return run(renew, Stream.concat(Stream.of(replicaId, seconds(settings.keepBlocks())), tickets))
        .map(
            reply ->
                new Renewed(
                    IntStream.range(0, renewals.size())
                        .mapToObj(i -> standing(reply.get(i)))
                        .toList(),
                    reply.get(renewals.size()).toLong()));
  }

  private static Standing standing(Response reply) {
    return switch (reply.get(0).toString()) {
      case "waiting" ->
          new Standing.Waiting(reply.get(1).toLong(), reply.get(2).toLong(), reply.get(3).toLong());
      case "reserved" -> new Standing.Reserved(new ChannelId(reply.get(4).toString()));
      case "matched" -> new Standing.Matched(Match.parse(reply.get(4).toString()));
      case "away" -> new Standing.Away();
      case "replaced" -> new Standing.Replaced();
      default -> new Standing.Gone();
    };
  }

  Future<Acceptance> accept(UserId user, ConnectionId connection, ChannelId channel) {
    return run(
            accept,
            Stream.of(
                user.text(),
                connection.text(),
                channel.text(),
                millis(PoolSettings.KEEP_INBOX),
                seconds(PoolSettings.KEEP_RECENT),
                String.valueOf(PoolSettings.MOST_RECENT)))
        .map(
            reply ->
                switch (reply.get(0).toString()) {
                  case "accepted" -> new Acceptance.Accepted();
                  case "matched" -> new Acceptance.Made(Match.parse(reply.get(1).toString()));
                  default -> new Acceptance.Late();
                });
  }

  /** Whether a sweep has something to undo now. */
  Future<Boolean> leave(UserId user, ConnectionId connection, boolean forGood) {
    return run(
            leave,
            Stream.of(
                user.text(),
                connection.text(),
                forGood ? "cancel" : "park",
                seconds(PoolSettings.KEEP_MARK)))
        .map(reply -> reply.toString().equals("undo"));
  }

  /**
   * Whether the match of that channel was still in the inbox.
   *
   * @param leaves whether the connection needs no ticket any more
   */
  Future<Boolean> collect(UserId user, ConnectionId connection, ChannelId channel, boolean leaves) {
    return run(
            collect,
            Stream.of(
                user.text(),
                connection.text(),
                channel.text(),
                leaves ? "1" : "0",
                seconds(PoolSettings.KEEP_MARK)))
        .map(reply -> reply.toInteger() == 1);
  }

  /**
   * @param most pairings that are undone
   */
  Future<Swept> sweep(int most) {
    return run(sweep, Stream.of(String.valueOf(most)))
        .map(reply -> new Swept(reply.get(0).toInteger(), reply.get(1).toLong()));
  }

  Future<Void> block(UserId user, UserId peer) {
    return run(block, Stream.of(user.text(), peer.text(), seconds(settings.keepBlocks())))
        .mapEmpty();
  }

  private Future<Response> run(LuaScript script, Stream<String> arguments) {
    Stream<String> common = Stream.of(seconds(settings.expiration()), millis(settings.lease()));
    return script.run(PoolKeys.POOL, Stream.concat(common, arguments).toList());
  }

  private static String seconds(Duration duration) {
    return String.valueOf(duration.toSeconds());
  }

  private static String millis(Duration duration) {
    return String.valueOf(duration.toMillis());
  }
}
