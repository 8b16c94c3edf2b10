package randomchat.match.pool;

/** Names one socket among those of all replicas. */
public record ConnectionId(String text) {

  public ConnectionId {
    if (text.isEmpty() || text.indexOf(' ') >= 0) {
      throw new IllegalArgumentException("not a connection id");
    }
  }
}
