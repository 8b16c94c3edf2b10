package randomchat.user;

import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import randomchat.kit.config.Settings;
import randomchat.user.avatar.Seed;

/**
 * Everybody known. A record lives for {@code REDIS_EXPIRATION_HOURS} (24; 1 to 8760) after it was
 * last looked up. Without Redis every call fails with RedisUnavailable within 5 s.
 */
@Startup // settings are checked before anybody asks
@Singleton
class Users {

  private static final int MOST_ATTEMPTS = 3; // a taken id is next to impossible already once

  private final UserScripts scripts;
  private final Duration lifetime;

  Users(UserScripts scripts, Settings settings) {
    this.scripts = scripts;
    this.lifetime = Duration.ofHours(settings.integer("REDIS_EXPIRATION_HOURS", 24, 1, 8760));
  }

  /** Records somebody new under an id and with an avatar of their own. */
  Uni<User> create(UserName name) {
    return Uni.createFrom()
        .deferred(() -> attempt(name))
        .onFailure(IdTaken.class)
        .retry()
        .atMost(MOST_ATTEMPTS);
  }

  Uni<Optional<User>> find(UserId id) {
    return scripts.find(id, lifetime);
  }

  /** Done as well when there was nobody. */
  Uni<Void> remove(UserId id) {
    return scripts.remove(id);
  }

  private Uni<User> attempt(UserName name) {
    User user = new User(UserId.random(), name.value(), Seed.random());
    return scripts
        .create(user, lifetime)
        .map(
            created -> {
              if (!created) {
                throw new IdTaken();
              }
              return user;
            });
  }

  private static final class IdTaken extends RuntimeException {}
}
