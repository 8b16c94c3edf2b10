package randomchat.chat.channel;

/** Whether a channel is open, as its record says. */
public enum ChannelState {
  /** Nobody has opened it, or its record was lost. */
  MISSING,
  OPEN,
  /** Open, and both members have come. */
  COMPLETE,
  /** Open, but the second member did not come in time. */
  ALONE,
  ENDED;

  static ChannelState of(String word) {
    return switch (word) {
      case "missing" -> MISSING;
      case "open" -> OPEN;
      case "complete" -> COMPLETE;
      case "alone" -> ALONE;
      case "ended" -> ENDED;
      default -> throw new IllegalStateException("unknown state: " + word);
    };
  }

  public boolean isOpen() {
    return this == OPEN || this == COMPLETE;
  }
}
