package randomchat.kit.config;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

class SettingsProducer {

  @Produces
  @Singleton
  Settings settings(Config config) {
    return new Settings(variable -> config.getOptionalValue(variable, String.class));
  }
}
