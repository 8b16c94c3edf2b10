package randomchat.user;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserNameTest {

  private static String parsed(String text) {
    return UserName.parse(text).map(UserName::value).orElse(null);
  }

  @Test
  void blanksAroundAName_doNotBelongToIt() {
    assertEquals("Ann B", parsed(" \t\u00a0\u3000Ann B\u2003\n"));
  }

  @Test
  void decomposedLetters_areComposed() {
    assertEquals("\u00c4nn", parsed("A\u0308nn"));
  }

  @Test
  void thirtyCodePointsFit_howeverManyUnitsTheyTake() {
    assertEquals("😀".repeat(30), parsed("😀".repeat(30)));
    assertEquals("\u00c4".repeat(30), parsed("A\u0308".repeat(30)));
    assertEquals(null, parsed("a".repeat(31)));
    assertEquals(null, parsed("😀".repeat(31)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "李", "Zoë", "👩\u200d🚀", "سلام", "O'Brien <b>", "☃", "\u200fאב"})
  void aVisibleName_isTakenAsItIs(String name) {
    assertEquals(name, parsed(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " \t ",
        "a\u0000b",
        "a\nb",
        "a\u007fb",
        "a\u0085b",
        "a\u2028b",
        "a\u202eb",
        "\u202aab",
        "a\u2066b",
        "a\u2069b",
        "\u200b\u200d\ufeff",
        "\u200e\u200f",
        "\u3164",
        "\u115f\u1160\uffa0",
        "\u2800",
        "\u0301\u0301",
        "\u00ad",
        "\ufe0f",
        "\udb40\udc41",
        "a\ufffeb",
        "a\ufdd0"
      })
  void aNameThatShowsNothingOrBreaksTheLine_isNone(String name) {
    assertEquals(Optional.empty(), UserName.parse(name));
  }

  @Test
  void halfOfASurrogatePair_isNoName() {
    assertEquals(Optional.empty(), UserName.parse("a\ud83d"));
    assertEquals(Optional.empty(), UserName.parse("\ude00a"));
    assertEquals(Optional.empty(), UserName.parse("\ude00\ud83d"));
    assertEquals(Optional.empty(), UserName.parse(null));
  }
}
