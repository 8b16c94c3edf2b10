package randomchat.match.pool;

/**
 * What a sweep did and saw.
 *
 * @param undone pairings
 * @param waiting tickets in the line
 */
record Swept(int undone, long waiting) {}
