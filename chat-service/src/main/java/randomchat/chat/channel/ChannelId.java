package randomchat.chat.channel;

/** A channel's id: decimal, 63 bits. It carries no authority. */
public record ChannelId(String text) {

  public ChannelId {
    if (!Ids.isDecimal(text)) {
      throw new IllegalArgumentException("not a channel id");
    }
  }
}
