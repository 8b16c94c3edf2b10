package randomchat.match.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InterestsTest {

  @Test
  void equal_words_are_equal_texts() {
    assertEquals(tags("chess", "caf\u00e9"), Interests.parse(" Chess ,CAFE\u0301,, chess"));
    assertEquals(Optional.of(Interests.NONE), Interests.parse(" , "));
    assertEquals(tags("\ud83c\udfb8".repeat(32)), Interests.parse("\ud83c\udfb8".repeat(32)));
  }

  @Test
  void too_many_or_unfit_tags_are_refused() {
    assertEquals(tags("a", "b", "c", "d", "e"), Interests.parse("a,b,c,d,e"));
    for (String bad :
        List.of(
            "a,b,c,d,e,f",
            "x".repeat(33),
            "a\u0000b",
            "a\u202eb",
            "a\nb",
            "\ud83c",
            "a,".repeat(1_000))) {
      assertEquals(Optional.empty(), Interests.parse(bad));
    }
  }

  private static Optional<Interests> tags(String... tags) {
    return Optional.of(new Interests(List.of(tags)));
  }
}
