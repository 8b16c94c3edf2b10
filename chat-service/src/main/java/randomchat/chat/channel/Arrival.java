package randomchat.chat.channel;

/**
 * What a member finds that comes to a channel.
 *
 * @param head position of the newest message, 0 if there is none
 * @param headTime its time, milliseconds since the epoch
 */
public record Arrival(ChannelState state, long head, long headTime) {}
