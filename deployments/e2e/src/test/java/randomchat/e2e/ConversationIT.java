package randomchat.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import randomchat.e2e.browser.Browsers;
import randomchat.e2e.browser.Visitor;
import randomchat.e2e.system.RandomChat;

/** What two people do with each other in a conversation, in two browsers. */
@WholeSystem
final class ConversationIT {

  private final Visitor ann;
  private final Visitor ben;

  ConversationIT(RandomChat system, Browsers browsers) {
    Browsers.Pair pair = browsers.pair(system.origin());
    ann = pair.ann();
    ben = pair.ben();
  }

  @Test
  void both_see_who_the_other_is_and_that_they_are_there() {
    assertThat(ann.$("#peer-name")).hasText("Ben");
    assertThat(ben.$("#peer-name")).hasText("Ann");
    for (Visitor visitor : List.of(ann, ben)) {
      assertThat(visitor.$("#peer-presence")).hasText("online");
      assertThat(visitor.$("#peer-picture")).isVisible();
    }
    ben.page().close();
    assertThat(ann.$("#peer-presence")).hasText("offline");
  }

  @Test
  void text_goes_both_ways_in_order() {
    ann.say("hello");
    assertThat(ben.message("hello")).isVisible();
    ben.say("hi Ann");
    assertThat(ann.message("hi Ann")).isVisible();
    ann.say("how are you?");

    for (Visitor visitor : List.of(ann, ben)) {
      assertThat(visitor.messages()).hasCount(3);
      assertThat(visitor.pending()).hasCount(0);
      assertEquals(List.of("hello", "hi Ann", "how are you?"), visitor.texts());
    }
  }

  @Test
  void who_types_is_shown_typing_until_they_stop() {
    ann.$("#composer").pressSequentially("hel");
    assertThat(ben.$("#typing")).hasText("Ann is typing…");

    ann.$("#composer").fill("");
    assertThat(ben.$("#typing")).isHidden();

    ann.$("#composer").pressSequentially("hello");
    assertThat(ben.$("#typing")).isVisible();
    ann.$("#composer").press("Enter");
    assertThat(ben.message("hello")).isVisible();
    assertThat(ben.$("#typing")).isHidden();
  }

  @Test
  void what_the_other_has_seen_says_so() {
    ann.say("look");
    assertThat(ben.message("look")).isVisible();
    assertThat(ann.message("look")).hasAttribute("data-status", "seen");
    assertThat(ann.message("look").locator(".status")).hasText("Seen");
  }

  @Test
  void a_reload_keeps_the_conversation() {
    ann.say("before");
    ben.say("me too");
    assertThat(ann.messages()).hasCount(2);

    ann.page().reload();
    ann.awaitChat();
    assertThat(ann.messages()).hasCount(2);
    assertEquals(ben.texts(), ann.texts());
    ann.say("after");

    assertThat(ben.message("after")).isVisible();
    assertThat(ben.messages()).hasCount(3);
    assertThat(ben.$("#peer-presence")).hasText("online");
  }

  @Test
  void a_second_tab_goes_on_with_the_same_conversation() {
    ann.say("from the first");
    var first = ann.openTab();
    ann.page().navigate(first.url());
    ann.awaitChat();
    assertThat(ann.message("from the first")).isVisible();
    ann.say("from the second");

    assertThat(ben.message("from the second")).isVisible();
    assertThat(first.locator("#messages li[data-id]")).hasCount(2);
  }

  @Test
  void foreign_text_stays_text() {
    List<String> texts =
        List.of(
            "<img src=x onerror=\"console.error('run')\"><script>console.error('run')</script>",
            "\u202Eright to left\u202C שלום עולם",
            "javascript:alert(1) https://example.org/ &lt;b&gt;",
            "a".repeat(3_000));
    texts.forEach(ann::say);

    assertThat(ben.messages()).hasCount(texts.size());
    assertEquals(texts, ben.texts());
    assertEquals(texts, ann.texts());
    for (Visitor visitor : List.of(ann, ben)) {
      assertThat(visitor.$("#messages img, #messages script, #messages a")).hasCount(0);
      assertEquals(false, visitor.scrollsSideways());
    }
  }

  @Test
  void an_enter_that_ends_a_word_of_an_input_method_sends_nothing() {
    ann.$("#composer").fill("こんにちは");
    ann.$("#composer")
        .evaluate(
            "it => it.dispatchEvent(new KeyboardEvent('keydown',"
                + " {key: 'Enter', keyCode: 229, bubbles: true, cancelable: true}))");
    assertThat(ann.$("#composer")).hasValue("こんにちは");
    assertThat(ann.pending()).hasCount(0);
    ann.$("#composer").press("Enter");
    assertThat(ben.message("こんにちは")).isVisible();
  }

  @Test
  void what_a_spreadsheet_puts_on_the_clipboard_is_text() {
    Object isTaken =
        ann.$("#composer")
            .evaluate(
                """
                it => {
                  const clipboardData = new DataTransfer()
                  clipboardData.setData('text/plain', 'a\tb')
                  clipboardData.setData('text/html', '<table><tr><td>a<td>b</table>')
                  clipboardData.items.add(new File(['png'], 'image.png', {type: 'image/png'}))
                  return !it.dispatchEvent(new ClipboardEvent('paste', {clipboardData, bubbles: true, cancelable: true}))
                }
                """);
    assertEquals(false, isTaken);
    assertThat(ann.$("#uploads li")).hasCount(0);
  }

  @Test
  void lines_and_emoji_arrive_as_they_were_typed() {
    ann.$("#composer").fill("one\ntwo 👩‍👩‍👧‍👦");
    ann.$("#send").click();

    assertThat(ben.messages()).hasCount(1);
    assertEquals(List.of("one\ntwo 👩‍👩‍👧‍👦"), ben.texts());
    assertThat(ann.$("#composer")).isFocused();
  }
}
