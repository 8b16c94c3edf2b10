package randomchat.uploader.store;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Duration;
import randomchat.kit.problem.Problem;

/**
 * Whether the store answers, and our bucket is there: made when it is missing, and looked for every
 * two seconds.
 */
@Singleton
public class Bucket {

  private static final long FRESH_NANOS = Duration.ofSeconds(6).toNanos();

  private final ObjectStore store;
  private volatile boolean answers;
  private volatile long lastAnswer;

  Bucket(ObjectStore store) {
    this.store = store;
  }

  @Scheduled(
      every = "${random-chat.store-check.every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void check() {
    try {
      store.ensureBucket();
      lastAnswer = System.nanoTime();
      answers = true;
    } catch (Problem unavailable) {
      answers = false;
    }
  }

  /** Refuses with 503 while the store does not answer. */
  public void require() {
    if (!isFresh()) {
      throw new Problem(503, "files cannot be reached, try again in a moment");
    }
  }

  boolean isFresh() {
    return answers && System.nanoTime() - lastAnswer < FRESH_NANOS;
  }
}
