package randomchat.match.announce;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import randomchat.kit.redis.Topics;
import randomchat.match.pool.PoolKeys;

/**
 * The topic on which this replica hears about its connections. Followed for ever: where Redis is
 * not there yet, again and again.
 */
@Singleton
public class ReplicaTopic {

  private static final Logger LOG = Logger.getLogger(ReplicaTopic.class);
  private static final int PAUSE_MILLIS = 200;

  private final Vertx vertx;
  private final Topics topics;

  ReplicaTopic(Vertx vertx, Topics topics) {
    this.vertx = vertx;
    this.topics = topics;
  }

  /**
   * Calls on the event loop of the link, and is called there.
   *
   * @param onLoss something may have been missed up to now
   */
  public void follow(Consumer<Announcement> onAnnouncement, Runnable onLoss) {
    Topics.Listener listener =
        new Topics.Listener() {
          @Override
          public void onMessage(Buffer message) {
            try {
              Announcement.parse(message.toString()).ifPresent(onAnnouncement);
            } catch (RuntimeException notOurs) {
              LOG.error("an announcement was not understood", notOurs);
            }
          }

          @Override
          public void onLoss() {
            onLoss.run();
          }
        };
    attempt(listener);
  }

  private void attempt(Topics.Listener listener) {
    topics
        .follow(PoolKeys.topic(topics.replicaId()), listener)
        .onSuccess(confirmed -> listener.onLoss())
        .onFailure(down -> vertx.setTimer(PAUSE_MILLIS, timer -> attempt(listener)));
  }
}
