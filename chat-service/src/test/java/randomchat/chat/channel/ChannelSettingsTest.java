package randomchat.chat.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import randomchat.kit.config.InvalidSetting;
import randomchat.kit.config.Settings;

class ChannelSettingsTest {

  private static ChannelSettings with(Map<String, String> values) {
    return ChannelSettings.from(new Settings(name -> Optional.ofNullable(values.get(name))));
  }

  @ParameterizedTest
  @CsvSource({
    "MAX_MSGS, 0, 1 to 100000",
    "PAGE_SIZE, 0, 1 to 100000",
    "PAGE_SIZE, 501, 'MAX_MSGS, 500'",
    "MAX_MSG_SIZE_BYTE, 131073, 1 to 131072",
    "LEASE_SECONDS, 1, 2 to 300",
    "REDIS_EXPIRATION_HOURS, 8761, 1 to 8760",
  })
  void aValueOutsideItsRange_namesTheVariableAndTheRange(
      String variable, String value, String range) {
    InvalidSetting error = assertThrows(InvalidSetting.class, () -> with(Map.of(variable, value)));
    assertTrue(error.getMessage().startsWith(variable), error.getMessage());
    assertTrue(error.getMessage().contains(range), error.getMessage());
  }

  @Test
  void aPage_isEverythingThatIsKept_unlessSaidOtherwise() {
    assertEquals(500, with(Map.of()).pageSize());
    assertEquals(20, with(Map.of("MAX_MSGS", "20")).pageSize());
    assertEquals(5, with(Map.of("MAX_MSGS", "20", "PAGE_SIZE", "5")).pageSize());
  }
}
