package randomchat.uploader;

/**
 * Every key of this service, and those of others that it reads.
 *
 * <table>
 *   <caption>Keys</caption>
 *   <tr><th>key</th><th>type</th><th>expiry</th><th>writer</th><th>readers</th></tr>
 *   <tr><td>{@code {<channel>}:uploads}</td><td>hash: object key → JSON</td>
 *       <td>{@code REDIS_EXPIRATION_HOURS}, refreshed in use</td><td>uploader</td><td>uploader, chat</td></tr>
 *   <tr><td>{@code rate:{<subject>}}</td><td>hash: tokens, at</td><td>what it takes to fill up</td>
 *       <td>uploader</td><td>uploader</td></tr>
 *   <tr><td>{@code {<channel>}:meta}</td><td>hash; read: state</td><td>not ours</td><td>chat</td><td>uploader</td></tr>
 *   <tr><td>{@code ended}</td><td>stream; read: channel</td><td>not ours</td><td>chat</td><td>uploader</td></tr>
 * </table>
 */
public final class UploaderKeys {

  /** Channels that ended. */
  public static final String ENDED = "ended";

  private UploaderKeys() {}

  public static String uploads(ChannelId channel) {
    return "{" + channel + "}:uploads";
  }

  public static String meta(ChannelId channel) {
    return "{" + channel + "}:meta";
  }

  /** The bucket of tokens of one member of one channel. */
  public static String rate(ChannelId channel, String user) {
    return "rate:{upload:" + channel + ":" + user + "}";
  }
}
