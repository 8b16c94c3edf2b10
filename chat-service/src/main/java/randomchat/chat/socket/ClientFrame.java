package randomchat.chat.socket;

/** What a client says in one frame. */
public sealed interface ClientFrame {

  /** As the client gave it; null if it gave none. */
  FrameKey key();

  /**
   * @param json the text as it stands in the frame: an escaped JSON string without its quotes
   * @param bytes of the text itself, UTF-8
   */
  record Text(String json, int bytes, FrameKey key) implements ClientFrame {}

  record Action(String action, FrameKey key) implements ClientFrame {}

  /**
   * @param position up to which everything of the peer was seen
   */
  record Seen(long position, FrameKey key) implements ClientFrame {}

  /**
   * @param payload a JSON text of its own
   * @param bytes of it, UTF-8
   */
  record File(String payload, int bytes, FrameKey key) implements ClientFrame {}

  /** What cannot be done, and why. */
  record Refused(ErrorCode code, String detail, FrameKey key) implements ClientFrame {}
}
