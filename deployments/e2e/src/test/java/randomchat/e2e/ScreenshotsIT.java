package randomchat.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import randomchat.e2e.browser.Browsers;
import randomchat.e2e.browser.Visitor;
import randomchat.e2e.client.Http;
import randomchat.e2e.client.Person;
import randomchat.e2e.client.Wire;
import randomchat.e2e.system.Cable;
import randomchat.e2e.system.RandomChat;

/** Every screen, narrow and wide, light and dark: kept to be looked at, and never wider than it. */
@WholeSystem
final class ScreenshotsIT {

  private final RandomChat system;
  private final Browsers browsers;
  private String size;
  private Visitor ann;

  ScreenshotsIT(RandomChat system, Browsers browsers) {
    this.system = system;
    this.browsers = browsers;
  }

  @ParameterizedTest
  @CsvSource({"320, 640", "360, 740", "1280, 800"})
  void no_screen_scrolls_sideways(int width, int height) {
    size = width + "x" + height;
    try (Cable cable = new Cable(system.port())) {
      ann =
          browsers
              .visitor(
                  cable.origin(),
                  new Browser.NewContextOptions()
                      .setViewportSize(width, height)
                      .setReducedMotion(ReducedMotion.REDUCE))
              .networkMayFail();
      start();
      Person ben = meet();
      talk(ben, cable);
    }
  }

  private void start() {
    ann.open();
    assertThat(ann.$("#welcome")).isVisible();
    keep("01-start");
    ann.start("A name that is far too long for one person");
    assertThat(ann.$("#name-error")).isVisible();
    keep("02-bad-name");
    ann.$("#interests").fill("hills, evening light, long walks");
    ann.start("Ann");
    assertThat(ann.$("#waiting-detail")).containsText("You are next.");
    keep("03-waiting");
    Page first = ann.openTab();
    ann.open().startAs("Ann");
    assertThat(first.locator("#replaced")).isVisible();
    Page second = ann.page();
    ann.in(first);
    keep("04-replaced");
    ann.in(second);
    first.close();
  }

  private Person meet() {
    Person ben = new Person(system.origin(), "Ben");
    Wire seeking = ben.http().open("/api/match?waiting=1&interests=hills", List.of());
    ben.take(seeking.next(frame -> frame.has("access_token")));
    ann.awaitChat();
    assertThat(ann.$("#peer-presence")).hasText("offline");
    assertThat(ann.$("#peer-picture")).isVisible();
    keep("05-met");
    return ben;
  }

  private void talk(Person ben, Cable cable) {
    Wire his = ben.enter("0");
    his.text("Hi! Where in the world are you?", "ben:1");
    assertThat(ann.messages()).hasCount(1);
    ann.say("In a small town between two hills. You?");
    his.text(
        "By the sea, but I grew up in the hills. I still miss the evenings there: it gets quiet"
            + " all at once, and then the lights come on one by one.",
        "ben:2");
    assertThat(ann.messages()).hasCount(3);
    ann.$("#file")
        .setInputFiles(new FilePayload("this evening.png", "image/png", Samples.picture()));
    assertThat(ann.$("#messages img")).hasJSProperty("naturalWidth", 320);
    ann.say("Like this? 🙂");
    assertThat(ann.messages()).hasCount(5);
    his.text("Exactly like this!", "ben:3");
    his.send("{\"event\":2,\"payload\":\"5\"}");
    assertThat(ann.messages()).hasCount(6);
    assertThat(ann.message("Like this?")).hasAttribute("data-status", "seen");
    his.send("{\"event\":1,\"payload\":\"istyping\"}");
    assertThat(ann.$("#typing")).isVisible();
    keep("06-talk");

    byte[] list = "things to bring\n".repeat(900).getBytes(StandardCharsets.UTF_8);
    ann.$("#file")
        .setInputFiles(new FilePayload("A list of things to bring.txt", "text/plain", list));
    assertThat(ann.$("#messages a.name").last()).hasText("A list of things to bring.txt");
    byte[] page = "<!doctype html><p>".getBytes(StandardCharsets.UTF_8);
    ann.$("#file").setInputFiles(new FilePayload("not a picture.png", "image/png", page));
    assertThat(ann.$("#uploads li .error")).not().isEmpty();
    ann.$("#composer").fill("w".repeat(3_900));
    assertThat(ann.$("#composer-hint")).isVisible();
    keep("07-files");
    ann.$("#uploads li .cancel").click();
    ann.$("#composer").fill("");

    cable.cut();
    assertThat(ann.$("#connection-text")).containsText("Reconnecting");
    ann.say("Are you still there?");
    assertThat(ann.pending()).hasCount(1);
    keep("08-connection-lost");
    cable.mend();
    assertThat(ann.pending()).hasCount(0);

    ann.$("#leave").click();
    assertThat(ann.$("#confirm-title")).isVisible();
    keep("09-leave");
    ann.$("#confirm-no").click();
    ben.http().delete("/api/chat/channel", Http.bearer(ben.token())).expect(204);
    assertThat(ann.$("#ended-title")).hasText("They left. Meet somebody new?");
    keep("10-left");
    his.closeCode();
  }

  private void keep(String screen) {
    for (ColorScheme scheme : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
      ann.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      assertFalse(ann.scrollsSideways(), screen + " at " + size + " scrolls sideways");
      String name = "%s-%s-%s.png".formatted(screen, size, scheme.name().toLowerCase(Locale.ROOT));
      Path file = RandomChat.target().resolve("screenshots").resolve(name);
      ann.page().screenshot(new Page.ScreenshotOptions().setPath(file));
    }
  }
}
