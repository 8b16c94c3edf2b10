package randomchat.uploader.expiry;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import randomchat.kit.problem.Problem;
import randomchat.kit.redis.RedisUnavailable;
import randomchat.uploader.ChannelId;
import randomchat.uploader.member.OpenScript;
import randomchat.uploader.store.ObjectKey;
import randomchat.uploader.store.ObjectStore;
import randomchat.uploader.upload.UploadScripts;

/**
 * The guarantee that no file outlives its channel by much: goes through the bucket, a bounded batch
 * at a time, and deletes objects older than an hour whose channel has ended or is unknown. An
 * object whose key is not of our form is left alone; without Redis nothing is deleted.
 */
@Singleton
class Sweeper {

  static final Duration SPARED = Duration.ofHours(1);

  private static final Logger LOG = Logger.getLogger(Sweeper.class);
  private static final int BATCH = 500; // objects

  private final ObjectStore store;
  private final OpenScript open;
  private final UploadScripts uploads;
  private final Clock clock = Clock.systemUTC();
  private String place = "";

  Sweeper(ObjectStore store, OpenScript open, UploadScripts uploads) {
    this.store = store;
    this.open = open;
    this.uploads = uploads;
  }

  @Scheduled(
      every = "${random-chat.sweep.every}",
      delayed = "${random-chat.sweep.delay}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void sweep() {
    try {
      sweepBatch(clock.instant().minus(SPARED));
    } catch (RedisUnavailable | Problem later) {
      LOG.debugf("orphaned files wait: %s", later.getMessage());
    }
  }

  /** Looks at the next batch; how many objects it deleted. */
  int sweepBatch(Instant before) {
    List<ObjectStore.Listed> batch = store.list("", place, BATCH);
    Map<ChannelId, Boolean> open = new HashMap<>();
    int deleted = 0;
    for (ObjectStore.Listed object : batch) {
      if (object.changed().isBefore(before) && isOrphan(object, open)) {
        store.delete(object.key());
        deleted++;
      }
    }
    place = batch.size() < BATCH ? "" : batch.getLast().key();
    return deleted;
  }

  private boolean isOrphan(ObjectStore.Listed object, Map<ChannelId, Boolean> known) {
    return ObjectKey.parse(object.key())
        .map(key -> !known.computeIfAbsent(key.channel(), this::isOpen))
        .orElse(false);
  }

  private boolean isOpen(ChannelId channel) {
    if (open.isOpen(channel)) {
      return true;
    }
    uploads.forget(channel);
    return false;
  }
}
