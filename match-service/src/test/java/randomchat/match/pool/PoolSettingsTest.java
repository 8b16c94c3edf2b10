package randomchat.match.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import randomchat.kit.config.InvalidSetting;
import randomchat.kit.config.Settings;
import randomchat.kit.token.TokenSettings;

class PoolSettingsTest {

  private static final TokenSettings TOKENS = new TokenSettings(List.of(), Duration.ofHours(2));

  @Test
  void the_defaults_are_those_of_the_table() {
    PoolSettings settings = from(Map.of());
    assertEquals(Duration.ofSeconds(10), settings.lease());
    assertEquals(Duration.ofHours(24), settings.expiration());
    assertEquals(Duration.ofHours(2), settings.lifetime());
    assertEquals(Duration.ofSeconds(10), settings.drain());
  }

  @Test
  void a_value_out_of_range_stops_the_start_and_names_variable_and_range() {
    assertEquals(
        "LEASE_SECONDS must be a whole number from 2 to 300, but is '1'",
        assertThrows(InvalidSetting.class, () -> from(Map.of("LEASE_SECONDS", "1"))).getMessage());
    for (String variable : List.of("LEASE_SECONDS", "REDIS_EXPIRATION_HOURS", "DRAIN_SECONDS")) {
      for (String bad : List.of("-1", "1000000", "x", "1.5")) {
        assertThrows(InvalidSetting.class, () -> from(Map.of(variable, bad)), variable);
      }
    }
  }

  private static PoolSettings from(Map<String, String> variables) {
    Settings settings = new Settings(name -> Optional.ofNullable(variables.get(name)));
    return PoolSettings.from(settings, TOKENS);
  }
}
