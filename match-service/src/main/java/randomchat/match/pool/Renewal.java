package randomchat.match.pool;

/**
 * A ticket whose lease is to be renewed.
 *
 * @param answered whether its client answered a ping since the ticket was found silent
 * @param place in the line, to restore it; 0: not known
 * @param since when the user began to wait, to restore it; 0: not known
 */
public record Renewal(Ticket ticket, boolean answered, long place, long since) {}
