package randomchat.chat.topic;

import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import randomchat.chat.channel.ChannelId;
import randomchat.chat.channel.ChannelKeys;
import randomchat.kit.redis.Topics;

/** The channels with a connection on this replica: each topic is followed once. */
@Singleton
public final class LocalChannels {

  private final Topics topics;
  private final Map<ChannelId, LocalChannel> channels = new HashMap<>();

  LocalChannels(Topics topics) {
    this.topics = topics;
  }

  /** Succeeds once the channel's topic is followed; events may arrive before. */
  public Future<Void> join(Follower follower) {
    ChannelId id = follower.membership().channel();
    LocalChannel channel = channels.computeIfAbsent(id, LocalChannel::new);
    channel.followers.add(follower);
    if (channel.following == null) {
      channel.following =
          topics
              .follow(name(id), channel)
              .onFailure(unavailable -> channel.following = null); // the next to come tries again
    }
    return channel.following;
  }

  public void leave(Follower follower) {
    ChannelId id = follower.membership().channel();
    LocalChannel channel = channels.get(id);
    if (channel != null && channel.followers.remove(follower) && channel.followers.isEmpty()) {
      channels.remove(id);
      topics.leave(name(id));
    }
  }

  Collection<LocalChannel> all() {
    return channels.values();
  }

  private static String name(ChannelId id) {
    return ChannelKeys.topic(id);
  }
}
