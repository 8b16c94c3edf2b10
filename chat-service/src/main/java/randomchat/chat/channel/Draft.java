package randomchat.chat.channel;

/**
 * A message before it has a position.
 *
 * @param client whose counter it is numbered by: the client id of its key, or one of ours
 * @param counter goes up by one with each message of that client
 * @param tail its frame from {@code "event"} to the end
 * @param key as the client gave it; null if it gave none
 */
public record Draft(String client, long counter, String tail, String key) {}
