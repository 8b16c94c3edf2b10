package randomchat.chat.channel;

/** What became of a mark of what was seen. */
public enum SeenOutcome {
  SEEN,
  /** There is no such message. */
  UNKNOWN,
  ENDED,
  MISSING
}
