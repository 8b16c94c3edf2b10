package randomchat.uploader.expiry;

import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;
import randomchat.kit.problem.Problem;
import randomchat.kit.redis.RedisUnavailable;
import randomchat.uploader.ChannelId;
import randomchat.uploader.store.ObjectKey;
import randomchat.uploader.store.ObjectStore;
import randomchat.uploader.upload.UploadScripts;

/**
 * Deletes the files of channels that ended, soon.
 *
 * <p>Every replica reads the whole stream from its own place, in memory, and begins an hour back:
 * there is no group and no recorded place that could be lost. Forgetting a channel's uploads tells
 * the first replica that there is something to delete and all others that there is not. What falls
 * between the steps is left to the {@link Sweeper}.
 */
@Singleton
class EndedChannels {

  private static final Logger LOG = Logger.getLogger(EndedChannels.class);
  private static final Duration BACK = Duration.ofHours(1);
  private static final int MOST_OBJECTS = 1000; // of one channel; the sweeper takes the rest

  private final EndedStore ended;
  private final UploadScripts uploads;
  private final ObjectStore store;
  private String place = Clock.systemUTC().instant().minus(BACK).toEpochMilli() + "-0";

  EndedChannels(EndedStore ended, UploadScripts uploads, ObjectStore store) {
    this.ended = ended;
    this.uploads = uploads;
    this.store = store;
  }

  @Scheduled(
      every = "${random-chat.ended.every}",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void follow() {
    try {
      List<EndedStore.Entry> entries = ended.after(place);
      while (!entries.isEmpty()) {
        entries.forEach(this::delete);
        entries = ended.after(place);
      }
    } catch (RedisUnavailable | Problem later) {
      LOG.debugf("files of ended channels wait: %s", later.getMessage());
    }
  }

  private void delete(EndedStore.Entry entry) {
    entry.channel().ifPresent(this::delete);
    place = entry.id();
  }

  private void delete(ChannelId channel) {
    if (uploads.forget(channel).filter(count -> count > 0).isPresent()) {
      store
          .list(ObjectKey.prefix(channel), "", MOST_OBJECTS)
          .forEach(object -> store.delete(object.key()));
    }
  }
}
