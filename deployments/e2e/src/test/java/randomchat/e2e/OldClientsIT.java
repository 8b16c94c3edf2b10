package randomchat.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import randomchat.e2e.browser.Browsers;
import randomchat.e2e.browser.Visitor;
import randomchat.e2e.client.Http;
import randomchat.e2e.client.KafkaPage;
import randomchat.e2e.client.LightPage;
import randomchat.e2e.client.OldPage;
import randomchat.e2e.client.Wire;
import randomchat.e2e.system.RandomChat;

/** The pages of both editions of the original do their whole journey here, unchanged. */
@WholeSystem
final class OldClientsIT {

  enum Edition {
    LIGHT(LightPage::new),
    KAFKA(KafkaPage::new);

    private final BiFunction<String, String, OldPage> page;

    Edition(BiFunction<String, String, OldPage> page) {
      this.page = page;
    }
  }

  private final RandomChat system;
  private final Browsers browsers;

  OldClientsIT(RandomChat system, Browsers browsers) {
    this.system = system;
    this.browsers = browsers;
  }

  static List<Arguments> couples() {
    return List.of(
        Arguments.of(Edition.LIGHT, Edition.LIGHT),
        Arguments.of(Edition.KAFKA, Edition.KAFKA),
        Arguments.of(Edition.LIGHT, Edition.KAFKA),
        Arguments.of(Edition.KAFKA, Edition.LIGHT));
  }

  @ParameterizedTest
  @MethodSource("couples")
  void two_old_pages_do_the_whole_journey(Edition first, Edition second) {
    OldPage ann = first.page.apply(system.origin(), "Ann");
    OldPage ben = second.page.apply(system.origin(), "Ben");
    Wire seekingAnn = ann.seek();
    Wire seekingBen = ben.seek();
    JsonNode match = seekingAnn.next(frame -> true);
    assertEquals(1000, seekingAnn.closeCode());
    Wire annsChat = ann.enter(match);
    annsChat.action("waiting");
    Wire bensChat = ben.enter(seekingBen.next(frame -> true));
    annsChat.action("joined");
    bensChat.action("joined");

    Set<String> both = Set.of(ann.uid(), ben.uid());
    for (OldPage page : List.of(ann, ben)) {
      assertEquals(both, page.members());
      assertEquals(both, page.online());
      assertEquals("Ben", page.nameOf(ben.uid()));
    }

    talk(ann, ben);
    talk(ben, ann);
    sendFile(ann, ben);
    sendFile(ben, ann);

    for (OldPage page : List.of(ann, ben)) {
      List<JsonNode> history = page.history();
      assertEquals(List.of("1", "2", "3", "4"), ids(history));
      assertTrue(history.getFirst().get("seen").asBoolean());
    }

    bensChat.cut();
    annsChat.action("offline");
    assertEquals(Set.of(ann.uid()), ann.online());
    bensChat = ben.enter(RandomChat.json("{\"access_token\":\"" + ben.token() + "\"}"));
    bensChat.action("joined");
    annsChat.action("joined");
    assertEquals(4, ben.history().size());

    ann.leave();
    for (OldPage page : List.of(ann, ben)) {
      assertEquals(ann.uid(), page.chat().action("leaved").get("user_id").asText());
      assertEquals(4500, page.chat().closeCode());
    }
    Http late = new Http(system.origin());
    assertEquals(404, late.refusal(ben.chatPath(), List.of()).status());
  }

  @ParameterizedTest
  @EnumSource
  void an_old_page_and_ours_share_a_room(Edition edition) {
    Visitor ann = browsers.visitor(system.origin()).open().start("Ann");
    assertThat(ann.$("#waiting-detail")).containsText("You are next.");
    OldPage ben = edition.page.apply(system.origin(), "Ben");
    Wire seeking = ben.seek();
    Wire chat = ben.enter(seeking.next(frame -> true));
    ann.awaitChat();
    assertThat(ann.$("#peer-name")).hasText("Ben");
    assertThat(ann.$("#peer-presence")).hasText("online");

    ben.typing(true);
    assertThat(ann.$("#typing")).hasText("Ben is typing…");
    ben.say("from an old page");
    assertThat(ann.message("from an old page")).isVisible();
    assertThat(ann.$("#typing")).isHidden();
    JsonNode seen = chat.next(2);
    assertEquals("1", seen.get("payload").asText());
    assertEquals(ben.uid(), seen.get("user_id").asText());

    ann.say("from ours");
    JsonNode text = chat.next(frame -> frame.get("payload").asText().equals("from ours"));
    ben.seen(text.get("message_id").asText());
    assertThat(ann.message("from ours")).hasAttribute("data-status", "seen");

    ben.send(ben.upload("hill.png", "image/png", Samples.picture()));
    assertThat(ann.$("#messages img")).hasJSProperty("naturalWidth", 320);
    chat.next(3); // its own echo
    if (ben instanceof KafkaPage kafka) {
      ben.send(
          kafka.uploadByForm("list.txt", "text/plain", "milk".getBytes(StandardCharsets.UTF_8)));
      assertThat(ann.$("#messages a.name").last()).hasText("list.txt");
      chat.next(3);
    }
    ann.$("#file").setInputFiles(new FilePayload("mine.png", "image/png", Samples.picture()));
    JsonNode file = RandomChat.json(chat.next(3).get("payload").asText());
    assertEquals("mine.png", file.get("file_name").asText());
    assertArrayEquals(Samples.picture(), ben.open(file));
    // Leaving deletes the files, so ann's page has to have its copy by then.
    assertThat(ann.$("#messages img").last()).hasJSProperty("naturalWidth", 320);

    ben.leave();
    assertThat(ann.$("#ended-title")).hasText("They left. Meet somebody new?");
    assertEquals(4500, chat.closeCode());
  }

  private static void talk(OldPage from, OldPage to) {
    from.typing(true);
    to.chat().action("istyping");
    from.say("hello from " + from.uid());
    JsonNode echo = from.chat().next(0);
    JsonNode heard = to.chat().next(0);
    assertEquals(echo, heard);
    assertEquals(from.uid(), heard.get("user_id").asText());
    assertFalse(heard.get("seen").asBoolean());
    to.seen(heard.get("message_id").asText());
    JsonNode seen = from.chat().next(2);
    assertEquals(heard.get("message_id"), seen.get("payload"));
    assertEquals(from.uid(), seen.get("user_id").asText());
    assertTrue(seen.get("seen").asBoolean());
  }

  private static void sendFile(OldPage from, OldPage to) {
    from.send(from.upload("hill.png", "image/png", Samples.picture()));
    from.chat().next(3);
    JsonNode file = RandomChat.json(to.chat().next(3).get("payload").asText());
    assertEquals("hill.png", file.get("file_name").asText());
    assertTrue(file.get("file_url").asText().endsWith(".png"));
    assertArrayEquals(Samples.picture(), to.open(file));
  }

  private static List<String> ids(List<JsonNode> messages) {
    return messages.stream().map(message -> message.get("message_id").asText()).toList();
  }
}
