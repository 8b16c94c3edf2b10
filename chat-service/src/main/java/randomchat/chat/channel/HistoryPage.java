package randomchat.chat.channel;

import java.util.List;

/**
 * A page of a channel's messages, newest first.
 *
 * @param hasOlder whether a further page follows
 */
public record HistoryPage(
    ChannelState state,
    long ownMark,
    long peerMark,
    List<StoredMessage> messages,
    boolean hasOlder) {}
