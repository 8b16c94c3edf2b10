package randomchat.kit.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingsTest {

  private static Settings with(Map<String, String> values) {
    return new Settings(name -> Optional.ofNullable(values.get(name)));
  }

  @Test
  void aValueOutsideItsRange_namesTheVariableAndTheRange() {
    for (String bad : List.of("0", "11", "x", "1.5", "99999999999999999999")) {
      InvalidSetting error =
          assertThrows(
              InvalidSetting.class, () -> with(Map.of("MAX", bad)).integer("MAX", 5, 1, 10));
      assertEquals(
          "MAX must be a whole number from 1 to 10, but is '" + bad + "'", error.getMessage());
    }
  }

  @Test
  void anUnsetOrEmptyValue_isTheDefault() {
    assertEquals(5, with(Map.of()).integer("MAX", 5, 1, 10));
    assertEquals(5, with(Map.of("MAX", " ")).integer("MAX", 5, 1, 10));
    assertEquals(List.of("a", "b"), with(Map.of("L", "a, b,,")).list("L"));
  }

  @Test
  void aFlag_isTrueOrFalseAndNothingElse() {
    assertEquals(true, with(Map.of("SWAG", "true")).flag("SWAG", false));
    assertThrows(InvalidSetting.class, () -> with(Map.of("SWAG", "yes")).flag("SWAG", false));
  }

  @Test
  void aChoice_namesWhatMayBeChosen() {
    Settings settings = with(Map.of("LOG_FORMAT", "xml"));
    InvalidSetting error =
        assertThrows(
            InvalidSetting.class, () -> settings.choice("LOG_FORMAT", "text", "text", "json"));
    assertEquals("LOG_FORMAT must be text or json, but is 'xml'", error.getMessage());
    assertEquals("text", with(Map.of()).choice("LOG_FORMAT", "text", "text", "json"));
  }
}
