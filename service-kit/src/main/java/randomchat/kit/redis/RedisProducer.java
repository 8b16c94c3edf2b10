package randomchat.kit.redis;

import io.opentelemetry.api.trace.Tracer;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.redis.client.Redis;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import randomchat.kit.observe.Meters;

@Singleton
class RedisProducer {

  private final List<Runnable> closings = new CopyOnWriteArrayList<>();

  @Produces
  @Singleton
  RedisWatch watch(
      Meters meters,
      Tracer tracer,
      @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean untraced) {
    return new RedisWatch(meters, untraced ? Optional.empty() : Optional.of(tracer));
  }

  @Produces
  @Singleton
  RedisLink link(
      Vertx vertx,
      Redis redis,
      NodeOptions options,
      RedisWatch watch,
      @ConfigProperty(name = "quarkus.redis.hosts") List<URI> hosts) {
    Context loop = ((VertxInternal) vertx).createEventLoopContext();
    List<String> seeds = hosts.stream().map(URI::getAuthority).toList();
    RedisLink link =
        new RedisLink(
            vertx,
            loop,
            seeds,
            seeds.size() == 1
                ? address -> redis
                : address -> Redis.createClient(vertx, options.of(address)),
            watch);
    closings.add(link::close);
    return link;
  }

  @Produces
  @Singleton
  Topics topics(Vertx vertx, RedisLink link) {
    Topics topics = new Topics(vertx, link);
    closings.add(topics::close);
    return topics;
  }

  /**
   * After whoever has something to say at the end, and before the client is closed, which would be
   * asked for another connection when it is no more.
   */
  void close(@Observes @Priority(Integer.MAX_VALUE) ShutdownEvent shutdown) {
    closings.forEach(Runnable::run);
  }
}
