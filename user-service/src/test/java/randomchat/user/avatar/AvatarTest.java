package randomchat.user.avatar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvatarTest {

  @Test
  void theSameSeed_isTheSamePicture_andOthersDiffer() {
    Set<String> pictures = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      Seed seed = Seed.random();
      String picture = Avatar.of(seed).svg();
      assertEquals(picture, Avatar.of(new Seed(seed.value())).svg());
      pictures.add(picture);
    }
    assertTrue(pictures.size() > 490, pictures.size() + " different pictures");
  }

  @Test
  void aPicture_isWellFormed_andCanDoNothing() throws Exception {
    for (int i = 0; i < 200; i++) {
      String picture = Avatar.of(Seed.random()).svg();
      DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(picture.getBytes(StandardCharsets.UTF_8)));
      assertFalse(picture.contains("%"), picture);
      assertFalse(picture.matches("(?s).*(script|href|style|\\bon\\w+=|foreignObject).*"), picture);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0123456789abcde",
        "0123456789ABCDEF",
        "../0123456789abc",
        "0123456789abcdef0"
      })
  void whatIsNot16HexDigits_isNoSeed(String text) {
    assertThrows(IllegalArgumentException.class, () -> new Seed(text));
  }
}
