package randomchat.chat.channel;

/**
 * How much of a channel somebody has.
 *
 * @param position of the last message; negative: everything up to now
 * @param time of that message, milliseconds since the epoch; negative: not known
 * @param toldSeen up to where it knows what its peer has seen; negative: everything up to now
 */
public record Place(long position, long time, long toldSeen) {

  /** Of somebody who has just come and reads the history elsewhere. */
  public static final Place NOW = new Place(-1, -1, -1);
}
