package randomchat.chat.socket;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import randomchat.kit.config.InvalidSetting;
import randomchat.kit.config.Settings;

class SocketSettingsTest {

  @ParameterizedTest
  @CsvSource({
    "MESSAGE_RATE, 0, 1 to 10000",
    "MESSAGE_BURST, 10001, 1 to 10000",
    "DRAIN_SECONDS, -1, 0 to 3600",
  })
  void aValueOutsideItsRange_namesTheVariableAndTheRange(
      String variable, String value, String range) {
    Map<String, String> values = Map.of(variable, value);
    Settings settings = new Settings(name -> Optional.ofNullable(values.get(name)));
    InvalidSetting error = assertThrows(InvalidSetting.class, () -> SocketSettings.from(settings));
    assertTrue(error.getMessage().startsWith(variable), error.getMessage());
    assertTrue(error.getMessage().contains(range), error.getMessage());
  }
}
