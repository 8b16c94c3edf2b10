package randomchat.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.Test;
import randomchat.e2e.browser.Browsers;
import randomchat.e2e.browser.Visitor;
import randomchat.e2e.client.Person;
import randomchat.e2e.client.Wire;
import randomchat.e2e.system.Eventually;
import randomchat.e2e.system.RandomChat;

/** Who looks away finds the first message they have not seen, and only what was shown is seen. */
@WholeSystem
final class UnseenIT {

  private static final int BEFORE = 3;
  private static final int HIDDEN = 200;
  private static final int FEW = 2;

  /** The last of the peer's messages whose last line is in view. */
  private static final String LAST_IN_VIEW =
      """
      () => {
        const box = document.getElementById('scroller').getBoundingClientRect()
        const inView = [...document.querySelectorAll('#messages li[data-id]:not(.own)')].filter(li => {
          const { top, bottom } = li.lastElementChild.getBoundingClientRect()
          return (top + bottom) / 2 >= box.top && (top + bottom) / 2 <= box.bottom
        })
        return Math.max(0, ...inView.map(li => Number(li.dataset.id)))
      }
      """;

  private final Visitor ann;
  private final Person ben;
  private final Wire wire;
  private int seen;

  UnseenIT(RandomChat system, Browsers browsers) {
    ann = browsers.visitorWithRealTabs(system.origin());
    ben = new Person(system.origin(), "Ben");
    Wire seeking = ben.seek();
    ann.open().start("Ann");
    ben.take(seeking.next(frame -> frame.has("access_token")));
    ann.awaitChat();
    wire = ben.enter("0");
  }

  @Test
  void two_hundred_messages_in_a_hidden_tab_wait_at_the_first_unseen_one() {
    say(1, BEFORE);
    assertThat(ann.messages()).hasCount(BEFORE);
    Eventually.is(() -> "seen up to " + seen, () -> seenByAnn() == BEFORE);

    Page chat = ann.openTab();
    ann.page().bringToFront();
    assertEquals("hidden", chat.evaluate("document.visibilityState"));
    say(BEFORE + 1, HIDDEN);
    assertThat(chat).hasTitle("(" + HIDDEN + ") Ben");
    assertEquals(BEFORE, seenByAnn());

    ann.in(chat).page().bringToFront();
    assertEquals("visible", chat.evaluate("document.visibilityState"));
    assertThat(ann.$("#unseen-divider")).isInViewport();
    assertThat(ann.$("#messages li[data-id='" + (BEFORE + 1) + "'] .text")).isInViewport();

    int lastInView = ((Number) chat.evaluate(LAST_IN_VIEW)).intValue();
    assertTrue(
        lastInView > BEFORE && lastInView < BEFORE + HIDDEN, "the view ends at " + lastInView);
    Eventually.is(() -> "seen up to " + seen, () -> seenByAnn() == lastInView);
    assertThat(ann.$("#latest-count")).hasText("" + (BEFORE + HIDDEN - lastInView));

    ann.$("#latest").click();
    Eventually.is(() -> "seen up to " + seen, () -> seenByAnn() == BEFORE + HIDDEN);
    assertThat(chat).hasTitle("Ben");
    ben.leave();
  }

  @Test
  void the_line_above_what_is_new_stays_through_a_reconnection() {
    say(1, BEFORE);
    Eventually.is(() -> "seen up to " + seen, () -> seenByAnn() == BEFORE);
    Page chat = ann.openTab();
    ann.page().bringToFront();
    say(BEFORE + 1, FEW);
    assertThat(chat).hasTitle("(" + FEW + ") Ben");
    ann.in(chat).page().bringToFront();
    assertThat(ann.$("#unseen-divider")).isInViewport();
    Eventually.is(() -> "seen up to " + seen, () -> seenByAnn() == BEFORE + FEW);

    chat.waitForWebSocket(
        () -> chat.evaluate("['offline', 'online'].forEach(it => dispatchEvent(new Event(it)))"));
    ann.awaitChat();
    say(BEFORE + FEW + 1, 1);
    assertThat(ann.messages()).hasCount(BEFORE + FEW + 1);
    assertThat(ann.$("#unseen-divider")).isVisible();
    ben.leave();
  }

  private void say(int from, int count) {
    for (int i = from; i < from + count; i++) {
      wire.text("message " + i, "ben:" + i);
    }
  }

  /** What Ben was told, and never takes back. */
  private int seenByAnn() {
    List<JsonNode> frames = wire.pending();
    frames.stream()
        .filter(frame -> frame.get("event").asInt() == 2)
        .forEach(frame -> seen = Math.max(seen, frame.get("payload").asInt()));
    return seen;
  }
}
