package randomchat.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserIdTest {

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "0",
        "01",
        "-1",
        "+1",
        "1.0",
        "x",
        " 1",
        "١",
        "9223372036854775808",
        "99999999999999999999"
      })
  void whatIsNoPositiveNumberOf63Bits_isNoId(String text) {
    assertEquals(Optional.empty(), UserId.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "9223372036854775807", "999999999999999999"})
  void aPositiveNumberOf63Bits_isAnId(String text) {
    assertEquals(text, UserId.parse(text).orElseThrow().value());
  }

  @Test
  void aRandomId_canBeReadBack() {
    UserId id = UserId.random();
    assertTrue(UserId.parse(id.value()).isPresent());
    assertNotEquals(id, UserId.random());
  }
}
