package randomchat.chat.socket;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;
import randomchat.chat.channel.Snapshot;

/** Writes the frames that are not kept; the kept ones are written by the post script. */
final class ServerFrame {

  private static final int ACTION = 1;
  private static final int SEEN = 2;
  private static final int ERROR = 4;
  private static final int SYNC = 5;

  private ServerFrame() {}

  static byte[] action(String user, String action, long now) {
    return frame(ACTION, user, action, false, now, null);
  }

  /** A message of {@code author}, at {@code position}, was seen. */
  static byte[] seen(String author, String position, long now) {
    return frame(SEEN, author, position, true, now, null);
  }

  static byte[] error(String user, ErrorCode code, String detail, FrameKey key, long now) {
    String payload = "{\"code\":\"" + code.text() + "\",\"detail\":\"" + quoted(detail) + "\"}";
    return frame(ERROR, user, payload, false, now, key);
  }

  static byte[] sync(String user, Snapshot snapshot, List<String> ids, long now) {
    List<String> online = ids.stream().map(id -> "\"" + id + "\"").toList();
    String payload =
        "{\"recovered\":%s,\"head\":\"%d\",\"seen\":\"%d\",\"online\":[%s]}"
            .formatted(
                snapshot.sameHistory(),
                snapshot.head(),
                snapshot.peerMark(),
                String.join(",", online));
    return frame(SYNC, user, payload, false, now, null);
  }

  /** The frame of a kept message from its event to its end. */
  static String tail(int event, String user, String jsonPayload, FrameKey key) {
    StringBuilder tail = new StringBuilder(jsonPayload.length() + 96);
    tail.append("\"event\":").append(event);
    tail.append(",\"user_id\":\"").append(user);
    tail.append("\",\"payload\":\"").append(jsonPayload).append('"');
    if (key != null) {
      tail.append(",\"key\":\"").append(key.text()).append('"');
    }
    return tail.append('}').toString();
  }

  /**
   * Whether a frame is the one with this tail. Compares from both ends up to the first letter
   * beyond ASCII, and so encodes nothing: keys are at the end, the user is at the beginning.
   */
  static boolean endsWith(byte[] frame, String tail) {
    int letters = tail.length();
    for (int at = frame.length; letters > 0 && tail.charAt(letters - 1) < 0x80; letters--) {
      if (at == 0 || frame[--at] != tail.charAt(letters - 1)) {
        return false;
      }
    }
    if (letters == 0) {
      return true;
    }
    int start = frame.length - ByteBufUtil.utf8Bytes(tail);
    for (int i = 0; i < letters && tail.charAt(i) < 0x80; i++) {
      if (start < 0 || frame[start + i] != tail.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The counter of a kept message's key, if it is this user's and of that client id; else -1. */
  static long counter(byte[] frame, String user, String client) {
    String text = new String(frame, StandardCharsets.ISO_8859_1); // what is looked for is ASCII
    String key = ",\"key\":\"" + client + ":";
    int at = text.lastIndexOf(key); // nowhere in a payload: quotes are escaped there
    boolean isOwn = text.contains(",\"user_id\":\"" + user + "\",");
    return at < 0 || !isOwn
        ? -1
        : Long.parseLong(text, at + key.length(), text.indexOf('"', at + key.length()), 10);
  }

  /** As it stands between the quotes of a JSON string. */
  static String quoted(String text) {
    return String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text));
  }

  private static byte[] frame(
      int event, String user, String payload, boolean seen, long now, FrameKey key) {
    return ("{\"message_id\":\"\",\"time\":"
            + now
            + ",\"seen\":"
            + seen
            + ","
            + tail(event, user, quoted(payload), key))
        .getBytes(StandardCharsets.UTF_8);
  }
}
