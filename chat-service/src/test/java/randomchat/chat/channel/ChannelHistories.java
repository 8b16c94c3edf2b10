package randomchat.chat.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
    String client = "." + System.nanoTime();
    Future<PostOutcome> last = store.open(member).compose(open -> post(member, client, 1, tail));
    await(last); // a script that Redis does not know yet would bring what follows out of order
    for (int i = 2; i <= count; i++) {
      last = post(member, client, i, tail);
    }
    await(last);
  }

  private Future<PostOutcome> post(Membership member, String client, int counter, String tail) {
    return store.post(member, new Draft(client, counter, tail, null));
  }

  private static void await(Future<PostOutcome> posted) {
    assertEquals(
        PostOutcome.STORED,
        posted.toCompletionStage().toCompletableFuture().orTimeout(9, TimeUnit.SECONDS).join());
  }
}
