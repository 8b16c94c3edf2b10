package randomchat.chat.socket;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import randomchat.chat.topic.TopicProbe;
import randomchat.kit.redis.RedisLink;

/** Looks at the sockets of the service under test, on its loop. */
@Singleton
public class SocketProbe {

  private final Connections connections;
  private final TopicProbe topics;
  private final RedisLink link;
  private final SocketKeeper keeper;

  SocketProbe(Connections connections, TopicProbe topics, RedisLink link, SocketKeeper keeper) {
    this.connections = connections;
    this.topics = topics;
    this.link = link;
    this.keeper = keeper;
  }

  public int open() {
    return onLoop(() -> connections.all().size());
  }

  /** Looks after the sockets as if it were so many seconds later. */
  public void checkLater(int seconds) {
    onLoop(
        () -> {
          keeper.check(System.nanoTime() + seconds * 1_000_000_000L, Instant.now());
          return null;
        });
  }

  /** Channels that are followed. */
  public int channels() {
    return onLoop(topics::channels);
  }

  /** Bytes that wait for this user, in our queue and below it. */
  public long waiting(String user) {
    return onLoop(
        () -> {
          var outbound = channel(user).unsafe().outboundBuffer();
          return outbound == null ? 0 : outbound.totalPendingWriteBytes();
        });
  }

  /** Counts how often something is flushed to this user from now on. */
  public AtomicInteger flushes(String user) {
    AtomicInteger count = new AtomicInteger();
    onLoop(
        () ->
            channel(user)
                .pipeline()
                .addFirst(
                    new ChannelOutboundHandlerAdapter() {
                      @Override
                      public void flush(ChannelHandlerContext context) {
                        count.incrementAndGet();
                        context.flush();
                      }
                    }));
    return count;
  }

  private Channel channel(String user) {
    return connections.all().stream()
        .map(OpenSocket::connection)
        .filter(connection -> connection.membership().user().text().equals(user))
        .findFirst()
        .orElseThrow()
        .out()
        .channel();
  }

  private <T> T onLoop(Supplier<T> action) {
    CompletableFuture<T> result = new CompletableFuture<>();
    link.context()
        .runOnContext(
            none -> {
              try {
                result.complete(action.get());
              } catch (RuntimeException e) {
                result.completeExceptionally(e);
              }
            });
    return result.orTimeout(5, TimeUnit.SECONDS).join();
  }
}
