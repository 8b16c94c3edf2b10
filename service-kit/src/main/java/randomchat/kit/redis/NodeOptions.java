package randomchat.kit.redis;

import io.quarkus.redis.client.RedisOptionsCustomizer;
import io.vertx.redis.client.RedisClientType;
import io.vertx.redis.client.RedisOptions;
import jakarta.inject.Singleton;
import java.util.List;

/** What the platform's client of Redis was configured with, for clients of single nodes. */
@Singleton
class NodeOptions implements RedisOptionsCustomizer {

  private volatile RedisOptions options;

  @Override
  public void customize(String clientName, RedisOptions configured) {
    options = new RedisOptions(configured);
  }

  RedisOptions of(String address) {
    boolean tls = options.getEndpoint().startsWith("rediss:");
    return new RedisOptions(options)
        .setType(RedisClientType.STANDALONE)
        .setEndpoints(List.of((tls ? "rediss://" : "redis://") + address));
  }
}
