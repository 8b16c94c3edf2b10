package randomchat.chat.channel;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import randomchat.kit.config.InvalidSetting;
import randomchat.kit.config.Settings;

/**
 * What bounds a channel.
 *
 * @param expiration of its keys, refreshed in use
 * @param mostMessages kept, the newest
 * @param pageSize messages in a page of the history
 * @param mostBytes of a message's payload, UTF-8
 * @param lease of a connection's presence, renewed at a third of it
 * @param patience how long the second member may take to come after the first
 */
public record ChannelSettings(
    Duration expiration,
    int mostMessages,
    int pageSize,
    int mostBytes,
    Duration lease,
    Duration patience) {

  /** Connections of one member to a channel; the oldest gives way. */
  public static final int MOST_CONNECTIONS = 8;

  /** Client ids of one member: one a page load. Bounds what a member can make us remember. */
  static final int MOST_CLIENTS = 2_000;

  static ChannelSettings from(Settings settings) {
    int mostMessages = settings.integer("MAX_MSGS", 500, 1, 100_000);
    int pageSize = settings.integer("PAGE_SIZE", mostMessages, 1, 100_000);
    if (pageSize > mostMessages) {
      throw new InvalidSetting(
          "PAGE_SIZE must be at most MAX_MSGS, %d, but is %d".formatted(mostMessages, pageSize));
    }
    return new ChannelSettings(
        Duration.ofHours(settings.integer("REDIS_EXPIRATION_HOURS", 24, 1, 8_760)),
        mostMessages,
        pageSize,
        settings.integer("MAX_MSG_SIZE_BYTE", 4096, 1, 131_072),
        Duration.ofSeconds(settings.integer("LEASE_SECONDS", 10, 2, 300)),
        Duration.ofSeconds(60));
  }

  static class Producer {
    @Produces
    @Singleton
    @Startup
    ChannelSettings settings(Settings settings) {
      return from(settings);
    }
  }
}
