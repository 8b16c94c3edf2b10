package randomchat.chat.channel;

/** What became of a message that was posted. */
public enum PostOutcome {
  STORED,
  /** It is stored already, or its key is older than one that is. */
  REPEAT,
  ENDED,
  /** The channel's record is gone: open it and post again. */
  MISSING,
  /** This member has used too many client ids. */
  CROWDED
}
