package randomchat.uploader.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import randomchat.kit.config.InvalidSetting;
import randomchat.kit.config.Settings;

class StoreSettingsTest {

  private static final Map<String, String> KEYS =
      Map.of("S3_ACCESS_KEY", "a", "S3_SECRET_KEY", "s");

  private static StoreSettings with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(KEYS);
    all.putAll(more);
    return StoreSettings.from(new Settings(name -> Optional.ofNullable(all.get(name))));
  }

  @Test
  void unsetVariables_haveTheirDefaults() {
    StoreSettings settings = with(Map.of());
    assertEquals("http://localhost:9000", settings.endpoint().toString());
    assertEquals(Optional.empty(), settings.publicEndpoint());
    assertEquals("us-east-1", settings.region());
    assertEquals("myfilebucket", settings.bucket());
  }

  @ParameterizedTest
  @CsvSource({
    "S3_ACCESS_KEY, ''",
    "S3_SECRET_KEY, ' '",
    "S3_ENDPOINT, localhost:9000",
    "S3_ENDPOINT, ftp://x",
    "S3_ENDPOINT, http://x/path",
    "S3_PUBLIC_ENDPOINT, 'http://a b'",
    "S3_BUCKET, ab",
    "S3_BUCKET, Bucket",
    "S3_BUCKET, -bucket"
  })
  void aWrongValue_stopsTheStartAndIsNamed(String variable, String value) {
    InvalidSetting error = assertThrows(InvalidSetting.class, () -> with(Map.of(variable, value)));
    assertTrue(error.getMessage().startsWith(variable + " must be "), error.getMessage());
  }
}
