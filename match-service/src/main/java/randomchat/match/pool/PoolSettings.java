package randomchat.match.pool;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import randomchat.kit.config.Settings;
import randomchat.kit.token.TokenSettings;

/**
 * What bounds the pool.
 *
 * @param lease of a ticket, renewed at a third of it
 * @param expiration of the keys, refreshed in use
 * @param lifetime of the tokens of a match
 * @param drain over how long a replica that shuts down goes on
 */
public record PoolSettings(Duration lease, Duration expiration, Duration lifetime, Duration drain) {

  /** How long somebody with interests waits for somebody who shares one. */
  public static final Duration INTEREST_PATIENCE = Duration.ofSeconds(3);

  /** How long both have waited before two who met lately are paired again, if nobody else is. */
  public static final Duration REUNION_PATIENCE = Duration.ofSeconds(5);

  /** How long both members of a pairing have to answer a ping. */
  static final Duration ANSWER = Duration.ofSeconds(2);

  static final Duration KEEP_INBOX = Duration.ofSeconds(60);
  static final Duration KEEP_PAIRING = Duration.ofMinutes(5);
  static final Duration KEEP_RECENT = Duration.ofHours(24);
  static final int MOST_RECENT = 10;

  /** Longer than any call of a connection that left is repeated. */
  static final Duration KEEP_MARK = Duration.ofSeconds(30);

  /** Blocks live that many times as long as other keys. */
  static final int KEEP_BLOCKS = 30;

  static PoolSettings from(Settings settings, TokenSettings tokens) {
    return new PoolSettings(
        Duration.ofSeconds(settings.integer("LEASE_SECONDS", 10, 2, 300)),
        Duration.ofHours(settings.integer("REDIS_EXPIRATION_HOURS", 24, 1, 8_760)),
        tokens.lifetime(),
        Duration.ofSeconds(settings.integer("DRAIN_SECONDS", 10, 0, 3_600)));
  }

  Duration keepBlocks() {
    return expiration.multipliedBy(KEEP_BLOCKS);
  }

  static class Producer {
    @Produces
    @Singleton
    @Startup
    PoolSettings settings(Settings settings, TokenSettings tokens) {
      return from(settings, tokens);
    }
  }
}
