package randomchat.kit.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

class MetersProducer {

  @Produces
  @Singleton
  Meters meters(MeterRegistry registry) {
    return new Meters(registry);
  }

  /** Tells the services apart, whatever names a scrape gives its jobs. */
  @Produces
  @Singleton
  MeterFilter service(@ConfigProperty(name = "quarkus.application.name") String name) {
    return MeterFilter.commonTags(List.of(Tag.of("service", name)));
  }
}
