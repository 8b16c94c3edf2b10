package randomchat.chat.channel;

/**
 * What a member finds that comes to a channel.
 *
 * @param head position of the newest message, 0 if there is none
 * @param headTime its time, milliseconds since the epoch
 * @param peerMark up to which position its peer has seen its messages
 * @param now when it came, milliseconds since the epoch on the clock of Redis
 */
public record Arrival(ChannelState state, long head, long headTime, long peerMark, long now) {}
