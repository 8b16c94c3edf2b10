package randomchat.user;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

class Clocks {

  @Produces
  @Singleton
  Clock utc() {
    return Clock.systemUTC();
  }
}
