package randomchat.match.pool;

/**
 * A place in the pool, as its one connection claims it.
 *
 * @param arrived when the connection asked for it: milliseconds on the pool's clock
 */
public record Ticket(UserId user, ConnectionId connection, Interests interests, long arrived) {}
