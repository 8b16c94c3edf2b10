package randomchat.chat.channel;

import java.time.Instant;

/** What a verified channel token says: who may speak as whom, in which channel, until when. */
public record Membership(ChannelId channel, UserId user, UserId peer, Instant expiresAt) {

  public Membership {
    if (user.equals(peer)) {
      throw new IllegalArgumentException("a channel has two members");
    }
  }
}
