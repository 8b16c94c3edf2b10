package randomchat.kit.config;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Says the variables of the configuration table in the platform's own keys where one follows from
 * another: the management port from the HTTP port, the kind of Redis from its addresses. Each
 * service states its own default port as {@code random-chat.default-port}.
 */
public final class PlatformSettings implements ConfigSourceFactory {

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    Settings settings = new Settings(name -> value(context, name));
    int defaultPort =
        value(context, "random-chat.default-port").map(Integer::parseInt).orElse(8080);
    int port = settings.integer("HTTP_PORT", defaultPort, 0, 65_535);
    int managementPort =
        settings.integer("MANAGEMENT_PORT", port == 0 ? 0 : port + 1000, 0, 65_535);

    Map<String, String> keys = new HashMap<>();
    keys.put("quarkus.http.port", String.valueOf(port));
    keys.put("quarkus.management.port", String.valueOf(managementPort));

    List<String> addresses = settings.list("REDIS_ADDRS");
    if (addresses.isEmpty()) {
      addresses = List.of("localhost:6379");
    }
    for (String address : addresses) {
      if (!address.matches("[^\\s/@:]+:\\d{1,5}")) {
        throw new InvalidSetting("REDIS_ADDRS", "host:port, comma-separated", address);
      }
    }
    keys.put(
        "quarkus.redis.hosts",
        addresses.stream().map(address -> "redis://" + address).collect(Collectors.joining(",")));
    keys.put("quarkus.redis.client-type", addresses.size() > 1 ? "cluster" : "standalone");
    settings
        .text("REDIS_PASSWORD")
        .ifPresent(password -> keys.put("quarkus.redis.password", password));
    keys.putAll(observation(settings));
    if (settings.flag("SWAG", false)) {
      keys.put("quarkus.smallrye-openapi.enabled", "true");
      keys.put("quarkus.swagger-ui.enabled", "true");
    }
    return List.of(new PropertiesConfigSource(keys, "random-chat", 275));
  }

  private static Map<String, String> observation(Settings settings) {
    boolean json = settings.choice("LOG_FORMAT", "text", "text", "json").equals("json");
    Optional<String> collector = settings.text("OTEL_EXPORTER_OTLP_ENDPOINT");
    Map<String, String> keys = new HashMap<>();
    keys.put("quarkus.log.console.json.enabled", String.valueOf(json));
    keys.put("quarkus.otel.sdk.disabled", String.valueOf(collector.isEmpty()));
    collector.ifPresent(
        url -> {
          if (!url.matches("https?://[^\\s/@:]+(:\\d{1,5})?/?")) {
            throw new InvalidSetting(
                "OTEL_EXPORTER_OTLP_ENDPOINT", "a URL such as http://collector:4318", url);
          }
          keys.put("quarkus.otel.exporter.otlp.endpoint", url);
        });
    return keys;
  }

  private static Optional<String> value(ConfigSourceContext context, String name) {
    return Optional.ofNullable(context.getValue(name)).map(ConfigValue::getValue);
  }

  @Override
  public OptionalInt getPriority() {
    return OptionalInt.of(275);
  }
}
