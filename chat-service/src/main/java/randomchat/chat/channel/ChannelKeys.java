package randomchat.chat.channel;

/**
 * Every key and topic that this service names. H is {@code REDIS_EXPIRATION_HOURS}.
 *
 * <table>
 * <caption>Keys and topics</caption>
 * <tr><th>key</th><th>type</th><th>expiry</th><th>writer</th><th>readers</th></tr>
 * <tr><td>{c}:meta</td><td>hash</td><td>exp of the tokens + 1 h</td><td>chat</td><td>chat, match, uploader</td></tr>
 * <tr><td>{c}:messages</td><td>stream</td><td>H, refreshed in use</td><td>chat</td><td>chat</td></tr>
 * <tr><td>{c}:presence</td><td>sorted set</td><td>H, refreshed in use</td><td>chat</td><td>chat</td></tr>
 * <tr><td>{c}:uploads</td><td>hash</td><td>H, refreshed in use</td><td>uploader</td><td>uploader, chat</td></tr>
 * <tr><td>ended</td><td>stream</td><td>H, refreshed</td><td>chat</td><td>uploader</td></tr>
 * <tr><td>{c}:events</td><td>topic</td><td></td><td>chat</td><td>chat</td></tr>
 * </table>
 */
public final class ChannelKeys {

  static final String ENDED = "ended";

  private ChannelKeys() {}

  static String meta(ChannelId channel) {
    return "{" + channel.text() + "}:meta";
  }

  static String messages(ChannelId channel) {
    return "{" + channel.text() + "}:messages";
  }

  static String presence(ChannelId channel) {
    return "{" + channel.text() + "}:presence";
  }

  static String uploads(ChannelId channel) {
    return "{" + channel.text() + "}:uploads";
  }

  public static String topic(ChannelId channel) {
    return "{" + channel.text() + "}:events";
  }
}
