package randomchat.chat.channel;

import java.util.List;

/**
 * A channel as one member reads it.
 *
 * @param sameHistory whether the position it was read from belongs to the history that is kept now
 * @param ownMark up to which position this member has seen its peer's messages
 * @param peerMark up to which position the peer has seen this member's
 * @param online ids of the members with a connection
 * @param newlySeen positions of this member's messages that it has not been told are seen
 * @param messages after the position it was read from, oldest first; empty if not the same history
 */
public record Snapshot(
    ChannelState state,
    long head,
    long headTime,
    boolean sameHistory,
    long ownMark,
    long peerMark,
    List<String> online,
    List<String> newlySeen,
    List<StoredMessage> messages) {}
