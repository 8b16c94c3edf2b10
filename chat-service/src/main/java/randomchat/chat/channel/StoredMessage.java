package randomchat.chat.channel;

/**
 * A kept message.
 *
 * @param position in its channel: 1, 2, 3, …
 * @param time milliseconds since the epoch, from Redis
 * @param tail its frame from {@code "event"} to the end
 */
public record StoredMessage(long position, long time, String author, String tail) {

  /** The frame, as one JSON text. */
  public String frame(boolean seen) {
    return "{\"message_id\":\""
        + position
        + "\",\"time\":"
        + time
        + ",\"seen\":"
        + seen
        + ","
        + tail;
  }

  /** Whether it was seen, given how far each of the two has seen the other's. */
  public boolean isSeen(String reader, long readerMark, long peerMark) {
    return position <= (author.equals(reader) ? peerMark : readerMark);
  }
}
