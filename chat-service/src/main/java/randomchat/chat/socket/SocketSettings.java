package randomchat.chat.socket;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import randomchat.kit.config.Settings;

/**
 * What bounds a socket.
 *
 * @param messageRate kept messages a second, per member
 * @param messageBurst kept messages at once, per member
 * @param drain over how long clients are sent away when this replica shuts down
 */
record SocketSettings(int messageRate, int messageBurst, Duration drain) {

  static SocketSettings from(Settings settings) {
    return new SocketSettings(
        settings.integer("MESSAGE_RATE", 20, 1, 10_000),
        settings.integer("MESSAGE_BURST", 40, 1, 10_000),
        Duration.ofSeconds(settings.integer("DRAIN_SECONDS", 10, 0, 3600)));
  }

  static class Producer {
    @Produces
    @Singleton
    @Startup
    SocketSettings settings(Settings settings) {
      return from(settings);
    }
  }
}
