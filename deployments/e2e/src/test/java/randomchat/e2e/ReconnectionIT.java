package randomchat.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import randomchat.e2e.browser.Browsers;
import randomchat.e2e.browser.Visitor;
import randomchat.e2e.client.Person;
import randomchat.e2e.client.Wire;
import randomchat.e2e.system.Cable;
import randomchat.e2e.system.Part;
import randomchat.e2e.system.RandomChat;

/** A browser that loses its connection gets it back by itself, and nothing is lost either way. */
@WholeSystem
final class ReconnectionIT {

  private static final int OLD = 400; // messages, more than a page holds
  private static final int CHUNK = 50;

  /** The first message in view, and where it is. */
  private static final String TOP =
      """
      () => {
        const box = document.getElementById('scroller').getBoundingClientRect()
        const item = [...document.querySelectorAll('#messages li[data-id]')]
          .find(li => li.getBoundingClientRect().bottom > box.top)
        return `${item.dataset.id} at ${Math.round(item.getBoundingClientRect().top - box.top)}`
      }
      """;

  private final RandomChat system;
  private final Browsers browsers;

  ReconnectionIT(RandomChat system, Browsers browsers) {
    this.system = system;
    this.browsers = browsers;
  }

  @Test
  void what_was_said_during_a_cut_arrives_once_it_is_over() {
    try (Cable cable = new Cable(system.port())) {
      Visitor ann = browsers.visitor(cable.origin()).networkMayFail();
      Visitor ben = browsers.visitor(system.origin());
      browsers.pair(ann, ben);
      ann.say("before");
      bothHave(ann, ben, List.of("before"));

      cable.cut();
      assertThat(ann.$("#connection-text")).containsText("Reconnecting");
      ann.say("into the void").say("and once more");
      ben.say("are you there?");
      assertThat(ann.pending()).hasCount(2);
      assertThat(ann.pending().first()).hasAttribute("data-status", "pending");
      assertThat(ben.$("#peer-presence")).hasText("offline");
      cable.mend();

      bothHave(ann, ben, List.of("before", "are you there?", "into the void", "and once more"));
      assertThat(ann.$("#connection")).isHidden();
    }
  }

  @Test
  void a_browser_that_is_offline_says_so_and_comes_back() {
    try (Cable cable = new Cable(system.port())) {
      Visitor ann = browsers.visitor(cable.origin()).networkMayFail();
      Visitor ben = browsers.visitor(system.origin());
      browsers.pair(ann, ben);

      ann.context().setOffline(true);
      cable.cut();
      assertThat(ann.$("#connection-text")).containsText("You are offline");
      ben.say("hello?");
      ann.say("in a tunnel");
      cable.mend();
      ann.context().setOffline(false);

      bothHave(ann, ben, List.of("hello?", "in a tunnel"));
    }
  }

  @Test
  void who_reads_what_is_old_is_not_moved() {
    try (Cable cable = new Cable(system.port())) {
      Visitor ann = browsers.visitor(cable.origin()).networkMayFail();
      Person ben = new Person(system.origin(), "Ben");
      Wire seeking = ben.seek();
      ann.open().start("Ann");
      ben.take(seeking.next(frame -> frame.has("access_token")));
      ann.awaitChat();
      Wire wire = ben.enter("0");
      for (int i = 1; i <= OLD; i++) {
        String key = "ben:" + i;
        wire.text("message " + i, key);
        if (i % CHUNK == 0) {
          wire.next(frame -> frame.path("key").asText().equals(key));
        }
      }
      assertThat(ann.message("message " + OLD)).isVisible();
      ann.page().evaluate("document.getElementById('scroller').scrollTop = 0");
      assertThat(ann.$("#messages li[data-id='" + OLD + "']")).hasCount(0);
      wire.text("one more", "ben:" + (OLD + 1));
      assertThat(ann.$("#latest-count")).hasText("1");
      Object before = ann.page().evaluate(TOP);

      cable.cut();
      assertThat(ann.$("#connection-text")).containsText("Reconnecting");
      cable.mend();
      assertThat(ann.$("#connection")).isHidden();
      wire.text("and another", "ben:" + (OLD + 2));
      assertThat(ann.$("#latest-count")).hasText("2");
      assertEquals(before, ann.page().evaluate(TOP));
      ben.leave();
    }
  }

  @Test
  void the_bar_is_read_out_once_however_long_it_counts() {
    try (Cable cable = new Cable(system.port())) {
      Visitor ann = browsers.visitor(cable.origin()).networkMayFail();
      browsers.pair(ann, browsers.visitor(system.origin()));
      ann.page()
          .evaluate(
              """
              () => {
                window.told = new Set()
                window.counted = new Set()
                const note = () => {
                  document.querySelectorAll('[role=status]').forEach(it => window.told.add(it.textContent))
                  window.counted.add(document.getElementById('connection-wait').textContent)
                }
                new MutationObserver(note).observe(document.body, {subtree: true, childList: true, characterData: true})
              }
              """);
      cable.cut();
      ann.page().waitForFunction("() => window.counted.size > 3");
      List<?> told = (List<?>) ann.page().evaluate("[...window.told]");
      assertTrue(told.contains("Reconnecting"), () -> "" + told);
      assertTrue(told.stream().noneMatch(text -> ("" + text).matches(".*\\d.*")), () -> "" + told);
      cable.mend();
    }
  }

  @Test
  void what_waits_is_sent_after_a_reload() {
    try (Cable cable = new Cable(system.port())) {
      Visitor ann = browsers.visitor(cable.origin()).networkMayFail();
      Visitor ben = browsers.visitor(system.origin());
      browsers.pair(ann, ben);

      cable.cut();
      ann.say("kept");
      assertThat(ann.pending()).hasCount(1);
      cable.mend();
      ann.page().reload();

      bothHave(ann, ben, List.of("kept"));
    }
  }

  @Test
  void the_end_of_a_chat_replica_is_survived() {
    Browsers.Pair pair = browsers.pair(system.origin());
    Visitor ann = pair.ann().networkMayFail();
    Visitor ben = pair.ben().networkMayFail();
    AtomicInteger reconnections = new AtomicInteger();
    ann.page().onWebSocket(socket -> reconnections.incrementAndGet());
    ben.page().onWebSocket(socket -> reconnections.incrementAndGet());
    List<String> texts = new ArrayList<>();
    for (Part replica : system.partsOf("chat")) {
      if (reconnections.get() == 0) { // none of the two was at the one before
        replica.dead(() -> talk(ann, ben, texts));
      }
    }
    assertTrue(reconnections.get() > 0, "they were somewhere");
  }

  private static void talk(Visitor ann, Visitor ben, List<String> texts) {
    texts.addAll(List.of("from Ann", "from Ben"));
    ann.say("from Ann");
    assertThat(ben.messages()).hasCount(texts.size() - 1);
    ben.say("from Ben");
    bothHave(ann, ben, texts);
  }

  private static void bothHave(Visitor ann, Visitor ben, List<String> texts) {
    for (Visitor visitor : List.of(ann, ben)) {
      assertThat(visitor.messages()).hasCount(texts.size());
      assertThat(visitor.pending()).hasCount(0);
      assertEquals(texts, visitor.texts());
    }
  }
}
