package randomchat.chat.channel;

import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Fills a channel faster than its members may. */
@Singleton
public class ChannelHistories {

  private final ChannelStore store;

  ChannelHistories(ChannelStore store) {
    this.store = store;
  }

  public void fill(String channel, String author, String peer, int count) {
    fill(channel, author, peer, count, "x");
  }

  public void fill(String channel, String author, String peer, int count, String json) {
    Membership member =
        new Membership(
            new ChannelId(channel),
            new UserId(author),
            new UserId(peer),
            Instant.now().plusSeconds(600));
    String tail = "\"event\":0,\"user_id\":\"" + author + "\",\"payload\":\"" + json + "\"}";
    Future<?> last = store.open(member);
    String client = "." + System.nanoTime();
    for (int i = 1; i <= count; i++) {
      last = store.post(member, new Draft(client, i, tail, null));
    }
    last.toCompletionStage().toCompletableFuture().orTimeout(9, TimeUnit.SECONDS).join();
  }
}
