package randomchat.uploader.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import randomchat.uploader.ChannelId;

class ObjectKeyTest {

  @Test
  void aKey_canBeReadBack_andIsNeverTheSame() {
    ObjectKey key = ObjectKey.random(new ChannelId("9"), "png");
    assertEquals(Optional.of(key), ObjectKey.parse(key.toString()));
    assertNotEquals(key, ObjectKey.random(new ChannelId("9"), "png"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "9",
        "9/",
        "9/a.png",
        "/9/0123456789abcdef0123456789abcdef.png",
        "9/../9/0123456789abcdef0123456789abcdef.png",
        "9//0123456789abcdef0123456789abcdef.png",
        "9/0123456789abcdef0123456789abcdef",
        "9/0123456789abcdef0123456789abcdef.",
        "9/0123456789ABCDEF0123456789abcdef.png",
        "9/0123456789abcdef0123456789abcdef.png\n",
        "9/0123456789abcdef0123456789abcdef.p%2fg",
        "x/0123456789abcdef0123456789abcdef.png",
        "9}:meta/0123456789abcdef0123456789abcdef.png"
      })
  void whatIsNotOfTheForm_isNoKey(String text) {
    assertEquals(Optional.empty(), ObjectKey.parse(text));
  }
}
