package randomchat.kit.redis;

/**
 * Redis did not do what it was asked within its time, and may do so later. Whether a command that
 * failed like this was carried out is not known: what is sent must be safe to repeat.
 */
public final class RedisUnavailable extends RuntimeException {

  RedisUnavailable(String why, Throwable cause) {
    super(why, cause, false, false);
  }

  public RedisUnavailable(String why) {
    this(why, null);
  }
}
