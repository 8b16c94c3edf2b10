package randomchat.match.pool;

/**
 * A user who is in an index and has no live ticket.
 *
 * @param metBy the interests that it was met by, comma-separated; empty: in the line
 */
record Ghost(UserId user, String metBy) {}
