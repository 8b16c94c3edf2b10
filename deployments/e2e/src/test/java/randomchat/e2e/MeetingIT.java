package randomchat.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import randomchat.e2e.browser.Browsers;
import randomchat.e2e.browser.Visitor;
import randomchat.e2e.client.Person;
import randomchat.e2e.client.Wire;
import randomchat.e2e.system.RandomChat;

/** Choosing a name, being matched, parting, and meeting somebody new. */
@WholeSystem
final class MeetingIT {

  private static final Pattern CHAT = Pattern.compile(".*/chat\\.html");

  private final RandomChat system;
  private final Browsers browsers;

  MeetingIT(RandomChat system, Browsers browsers) {
    this.system = system;
    this.browsers = browsers;
  }

  @Test
  void two_who_choose_names_meet() {
    Visitor ann = visitor().open().start("Ann");
    assertThat(ann.$("#waiting")).isVisible();
    assertThat(ann.$("#waiting-title")).hasText("Looking for somebody…");
    assertThat(ann.$("#waiting-detail")).containsText("You are next.");

    Visitor ben = visitor().open().start("Ben");

    assertThat(ann.page()).hasURL(CHAT);
    assertThat(ben.page()).hasURL(CHAT);
    assertThat(ann.$("#peer-name")).hasText("Ben");
    assertThat(ben.$("#peer-name")).hasText("Ann");
  }

  @Test
  void a_name_that_is_none_is_answered_with_a_word() {
    Visitor ann = visitor().networkMayFail().open();
    ann.start("   ");
    assertThat(ann.$("#name-error")).hasText("Please choose a name.");

    for (String bad : List.of("\u202Eevil", "\u200B\u200B", "x".repeat(31))) {
      ann.start(bad);
      assertThat(ann.$("#name-error")).containsText("a name of 1 to 30 characters");
      assertThat(ann.$("#welcome")).isVisible();
    }
    ann.$("#name").fill("x");
    assertThat(ann.$("#name-error")).isHidden();
  }

  @Test
  void an_interest_that_is_a_whole_sentence_keeps_nobody_from_searching() {
    Visitor ann = visitor().open();
    ann.$("#interests").fill("I like long walks on the beach and cooking, 👩‍💻");
    ann.start("Ann");
    assertThat(ann.$("#waiting-detail")).containsText("You are next.");
    ann.$("#cancel").click();
  }

  @Test
  void somebody_known_goes_on_under_their_name() {
    Visitor ann = visitor().open().start("Ann");
    assertThat(ann.$("#waiting")).isVisible();
    ann.$("#cancel").click();
    assertThat(ann.$("#welcome")).isVisible();

    ann.open();

    assertThat(ann.$("#start")).hasText("Go on as Ann");
    assertThat(ann.$("#name")).hasValue("Ann");
  }

  @Test
  void who_cancels_is_matched_with_nobody() {
    Visitor ann = visitor().open().start("Ann");
    assertThat(ann.$("#waiting-detail")).containsText("You are next.");
    ann.$("#cancel").click();
    assertThat(ann.$("#welcome")).isVisible();

    Wire next = new Person(system.origin(), "Ben").seek();
    assertEquals(1, next.next(frame -> frame.has("waiting")).at("/waiting/position").asInt());
    assertEquals(1, next.next(frame -> frame.has("waiting")).at("/waiting/online").asInt());
    next.close();
  }

  @Test
  void two_tabs_of_one_browser_get_one_match_and_the_replaced_tab_says_so() {
    Visitor ann = visitor().open().start("Ann");
    assertThat(ann.$("#waiting")).isVisible();
    Page first = ann.openTab();
    Page second = ann.open().startAs("Ann").page();
    assertThat(ann.$("#waiting")).isVisible();
    assertThat(first.locator("#replaced h2")).hasText("You are matching in another tab");

    Person ben = new Person(system.origin(), "Ben").meet();

    assertThat(second).hasURL(CHAT);
    assertThat(first.locator("#replaced")).isVisible();
    assertThat(second.locator("#peer-name")).hasText("Ben");
    ben.leave();
  }

  @Test
  void the_replaced_tab_can_take_the_search_back() {
    Visitor ann = visitor().open().start("Ann");
    Page first = ann.openTab();
    Page second = ann.open().startAs("Ann").page();
    first.locator("#take-over").click();
    assertThat(second.locator("#replaced")).isVisible();

    Person ben = new Person(system.origin(), "Ben").meet();

    assertThat(first).hasURL(CHAT);
    assertThat(second).not().hasURL(CHAT);
    ben.leave();
  }

  @Test
  void leaving_is_told_and_both_meet_somebody_new() {
    Browsers.Pair pair = browsers.pair(system.origin());
    pair.ann().leave();
    assertThat(pair.ann().$("#ended-title")).hasText("You left. Meet somebody new?");
    assertThat(pair.ann().$("#ended-title")).isFocused();
    assertThat(pair.ben().$("#ended-title")).hasText("They left. Meet somebody new?");
    assertThat(pair.ben().$("#compose")).isHidden();

    List<Person> others =
        Stream.of(pair.ann(), pair.ben())
            .map(
                visitor -> {
                  Person other = new Person(system.origin(), "Cem");
                  Wire seeking = other.seek();
                  seeking.next(frame -> frame.has("waiting"));
                  visitor.$("#again").click();
                  visitor.awaitChat();
                  other.take(seeking.next(frame -> frame.has("access_token")));
                  assertThat(visitor.$("#peer-name")).hasText("Cem");
                  return other;
                })
            .toList();
    assertNotEquals(others.getFirst().channel(), others.getLast().channel());
    others.forEach(Person::leave);
  }

  @Test
  void who_blocked_somebody_is_never_matched_with_them_again() {
    Browsers.Pair pair = browsers.pair(system.origin());
    pair.ann().$("#block").click();
    pair.ann().$("#confirm-yes").click();
    assertThat(pair.ben().$("#ended-title")).hasText("They left. Meet somebody new?");

    pair.ann().$("#again").click();
    assertThat(pair.ann().$("#waiting")).isVisible();
    pair.ben().$("#again").click();
    assertThat(pair.ben().$("#waiting-detail")).containsText("You are number 2 in line.");
    Person cem = new Person(system.origin(), "Cem").meet();

    assertThat(pair.ann().page()).hasURL(CHAT);
    assertThat(pair.ben().$("#waiting")).isVisible();
    cem.leave();
  }

  private Visitor visitor() {
    return browsers.visitor(system.origin());
  }
}
