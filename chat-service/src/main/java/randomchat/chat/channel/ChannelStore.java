package randomchat.chat.channel;

import static randomchat.chat.channel.ChannelKeys.messages;
import static randomchat.chat.channel.ChannelKeys.meta;
import static randomchat.chat.channel.ChannelKeys.presence;
import static randomchat.chat.channel.ChannelKeys.topic;
import static randomchat.chat.channel.ChannelKeys.uploads;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import randomchat.kit.redis.LuaScript;
import randomchat.kit.redis.RedisLink;

/**
 * Channels in Redis. Each method is one script on the channel's hash slot, safe to repeat; it fails
 * with {@link randomchat.kit.redis.RedisUnavailable} within 5 s when Redis does not answer.
 */
@Singleton
public final class ChannelStore {

  private final RedisLink link;
  private final ChannelScripts scripts;
  private final ChannelSettings settings;
  private final String ttl; // seconds

  ChannelStore(RedisLink link, ChannelScripts scripts, ChannelSettings settings) {
    this.link = link;
    this.scripts = scripts;
    this.settings = settings;
    this.ttl = String.valueOf(settings.expiration().toSeconds());
  }

  /** Makes sure the channel has a record. */
  public Future<ChannelState> open(Membership member) {
    ChannelId channel = member.channel();
    return scripts
        .open
        .run(
            List.of(meta(channel), messages(channel), presence(channel)),
            List.of(member.user().text(), member.peer().text(), expiry(member)))
        .map(ChannelScripts::state);
  }

  /** Opens the channel and notes that this member came. */
  public Future<Arrival> enter(Membership member) {
    Future<ChannelState> opened = open(member);
    Future<Arrival> arrived = arrival(member); // in the same write, after it
    return opened
        .compose(state -> arrived)
        .compose(
            arrival -> // which Redis did before the other, if it knew only that script
            arrival.state() == ChannelState.MISSING
                    ? arrival(member)
                    : Future.succeededFuture(arrival));
  }

  private Future<Arrival> arrival(Membership member) {
    return arrival(member, false);
  }

  /**
   * Notes that this member came, and says whether both have.
   *
   * @param bothCame whether that is known already, from before Redis lost it
   */
  public Future<Arrival> arrival(Membership member, boolean bothCame) {
    return scripts
        .enter
        .run(
            List.of(meta(member.channel())),
            List.of(
                member.user().text(),
                member.peer().text(),
                String.valueOf(settings.patience().toMillis()),
                bothCame ? "1" : "0"))
        .map(ChannelScripts::arrival);
  }

  /** Stores and publishes a message; opens the channel again if its record was lost. */
  public Future<PostOutcome> post(Membership member, Draft draft) {
    return tryPost(member, draft)
        .compose(
            outcome ->
                outcome == PostOutcome.MISSING
                    ? open(member).compose(state -> tryPost(member, draft))
                    : Future.succeededFuture(outcome));
  }

  private Future<PostOutcome> tryPost(Membership member, Draft draft) {
    ChannelId channel = member.channel();
    return scripts
        .post
        .run(
            List.of(meta(channel), messages(channel), topic(channel)),
            List.of(
                member.user().text(),
                draft.client(),
                String.valueOf(draft.counter()),
                draft.tail(),
                String.valueOf(settings.mostMessages()),
                ttl,
                String.valueOf(ChannelSettings.MOST_CLIENTS)))
        .map(ChannelScripts::post);
  }

  /** What a key of this member stored, which is not above the highest accepted one. */
  public Future<Echo> echo(Membership member, String client, long counter) {
    // Trimming is approximate: somewhat more than the newest may still be there.
    String most = String.valueOf(settings.mostMessages() + 200);
    return scripts
        .echo
        .run(
            List.of(messages(member.channel())),
            List.of(member.user().text(), client, String.valueOf(counter), most))
        .map(reply -> ChannelScripts.echo(reply, member.user()));
  }

  /** Marks everything of the peer up to a position as seen, and publishes what is newly so. */
  public Future<SeenOutcome> seen(Membership member, long position) {
    ChannelId channel = member.channel();
    return scripts
        .seen
        .run(
            List.of(meta(channel), messages(channel), topic(channel)),
            List.of(member.user().text(), member.peer().text(), String.valueOf(position)))
        .map(ChannelScripts::seen);
  }

  /** Names the node of Redis that has a channel now. */
  public String node(ChannelId channel) {
    return link.nodeOf(topic(channel));
  }

  /** Publishes what a member is doing; kept nowhere. */
  public Future<Void> act(Membership member, String action) {
    String topic = topic(member.channel());
    return link.send(
            topic,
            Request.cmd(Command.SPUBLISH)
                .arg(topic)
                .arg("t " + member.user().text() + " " + action))
        .mapEmpty();
  }

  /**
   * Renews the leases of connections, adding those that are missing.
   *
   * @param mayExpire whether the leases of others that are over may be declared so, if the leases
   *     to be renewed are themselves fresh when Redis gets to it
   */
  public Future<ChannelState> renew(ChannelId channel, List<String> entries, boolean mayExpire) {
    List<String> arguments = new ArrayList<>();
    arguments.add(String.valueOf(settings.lease().toMillis()));
    arguments.add(ttl);
    arguments.add(mayExpire ? "1" : "0");
    arguments.add(String.valueOf(ChannelSettings.MOST_CONNECTIONS));
    arguments.addAll(entries);
    return scripts
        .renew
        .run(
            List.of(meta(channel), messages(channel), presence(channel), topic(channel)), arguments)
        .map(ChannelScripts::state);
  }

  /** Takes the lease of a connection away. */
  public Future<Void> depart(Membership member, String entry) {
    return scripts
        .depart
        .run(
            List.of(presence(member.channel()), topic(member.channel())),
            List.of(member.user().text(), entry))
        .mapEmpty();
  }

  /** Reads state and everything after {@code from}; at most {@code count} messages. */
  public Future<Snapshot> read(Membership member, Place from, int count) {
    ChannelId channel = member.channel();
    return scripts
        .read
        .run(
            List.of(meta(channel), messages(channel), presence(channel)),
            List.of(
                member.user().text(),
                member.peer().text(),
                from.position() < 0 ? "" : String.valueOf(from.position()),
                from.time() < 0 ? "" : String.valueOf(from.time()),
                String.valueOf(count),
                from.toldSeen() < 0 ? "" : String.valueOf(from.toldSeen())))
        .map(ChannelScripts::snapshot);
  }

  /**
   * A page of the history, newest first.
   *
   * @param before a position, exclusive; negative: from the newest on
   */
  public Future<HistoryPage> history(Membership member, long before, int size) {
    return scripts
        .history
        .run(
            List.of(meta(member.channel()), messages(member.channel())),
            List.of(
                member.user().text(),
                member.peer().text(),
                before < 0 ? "" : String.valueOf(before),
                String.valueOf(size + 1),
                String.valueOf(settings.mostMessages())))
        .map(reply -> ChannelScripts.page(reply, size));
  }

  /**
   * What the uploader noted about a file of this channel, as JSON; empty if it issued none such.
   */
  public Future<Optional<String>> upload(ChannelId channel, String objectKey) {
    String uploads = uploads(channel);
    return link.send(uploads, Request.cmd(Command.HGET).arg(uploads).arg(objectKey))
        .map(reply -> Optional.ofNullable(reply).map(Object::toString));
  }

  /**
   * Ends the channel for good; false if it had ended before.
   *
   * @param by who left
   */
  public Future<Boolean> end(Membership member, UserId by) {
    ChannelId channel = member.channel();
    UserId other = by.equals(member.user()) ? member.peer() : member.user();
    LuaScript end = scripts.end;
    return end.run(
            List.of(meta(channel), messages(channel), presence(channel), topic(channel)),
            List.of(by.text(), other.text(), expiry(member), UUID.randomUUID().toString()))
        .compose(reply -> announce(channel).map(none -> reply.toInteger() == 1));
  }

  /** The second step, in another slot; the sweep of orphaned files makes up for one that fails. */
  private Future<Void> announce(ChannelId channel) {
    return scripts
        .announce
        .run(List.of(ChannelKeys.ENDED), List.of(channel.text(), ttl))
        .<Void>mapEmpty()
        .otherwiseEmpty();
  }

  private static String expiry(Membership member) {
    return String.valueOf(member.expiresAt().getEpochSecond());
  }
}
