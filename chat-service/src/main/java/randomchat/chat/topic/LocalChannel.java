package randomchat.chat.topic;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import randomchat.chat.channel.ChannelId;
import randomchat.chat.channel.Membership;
import randomchat.kit.redis.Topics;

/**
 * The connections of this replica to one channel, and what its topic says to them. Touched by the
 * event loop only.
 */
final class LocalChannel implements Topics.Listener {

  final ChannelId id;
  final Set<Follower> followers = new LinkedHashSet<>();
  Future<Void> following;
  boolean isComplete; // both members have come, as its record once said

  LocalChannel(ChannelId id) {
    this.id = id;
  }

  @Override
  public void onMessage(Buffer message) {
    TopicEvent.parse(message)
        .ifPresent(event -> List.copyOf(followers).forEach(follower -> follower.onEvent(event)));
  }

  @Override
  public void onLoss() {
    List.copyOf(followers).forEach(Follower::onLoss);
  }

  /** Those with a connection here. */
  Set<Membership> members() {
    Set<Membership> members = new LinkedHashSet<>();
    followers.forEach(follower -> members.add(follower.membership()));
    return members;
  }

  /** Of those whose clients are there. */
  List<String> entries() {
    List<String> entries = new ArrayList<>(followers.size());
    for (Follower follower : followers) {
      if (follower.isThere()) {
        entries.add(follower.entry());
      }
    }
    return entries;
  }
}
