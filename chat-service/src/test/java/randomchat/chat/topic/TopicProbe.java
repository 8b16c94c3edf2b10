package randomchat.chat.topic;

import jakarta.inject.Singleton;

/** Looks at the channels that are followed; on the loop only. */
@Singleton
public class TopicProbe {

  private final LocalChannels channels;

  TopicProbe(LocalChannels channels) {
    this.channels = channels;
  }

  public int channels() {
    return channels.all().size();
  }
}
