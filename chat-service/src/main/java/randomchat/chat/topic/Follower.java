package randomchat.chat.topic;

import randomchat.chat.channel.Membership;

/** A connection as its channel's topic knows it. */
public abstract class Follower {

  private final Membership membership;
  private final String entry;

  /**
   * @param entry its presence: "user:since:connection", unique
   */
  protected Follower(Membership membership, String entry) {
    this.membership = membership;
    this.entry = entry;
  }

  public final Membership membership() {
    return membership;
  }

  public final String entry() {
    return entry;
  }

  /** Whether its client was heard lately, or still may be. */
  protected abstract boolean isThere();

  /** Something was said on the channel's topic. */
  protected abstract void onEvent(TopicEvent event);

  /** Something may have been missed on it. */
  protected abstract void onLoss();

  /** The channel turned out to have ended. */
  protected abstract void onEnd();
}
