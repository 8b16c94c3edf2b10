package randomchat.uploader;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import java.time.Duration;

/** Blocks this thread for a reply of Redis: every request here has a thread of its own. */
public final class Blocking {

  private static final Duration LONGER_THAN_ANY_REPLY = Duration.ofSeconds(8);

  private Blocking() {}

  /** Throws what the future fails with: RedisUnavailable, or a bug. */
  public static <T> T reply(Future<T> reply) {
    return Uni.createFrom()
        .completionStage(reply::toCompletionStage)
        .await()
        .atMost(LONGER_THAN_ANY_REPLY);
  }
}
