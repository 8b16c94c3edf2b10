package randomchat.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import randomchat.e2e.browser.Browsers;
import randomchat.e2e.browser.Visitor;
import randomchat.e2e.system.RandomChat;

/** Pictures and files between two browsers. */
@WholeSystem
final class FilesIT {

  private final Visitor ann;
  private final Visitor ben;

  FilesIT(RandomChat system, Browsers browsers) {
    Browsers.Pair pair = browsers.pair(system.origin());
    ann = pair.ann();
    ben = pair.ben();
  }

  @Test
  void a_picture_is_shown_in_the_conversation_of_both() {
    ann.$("#file").setInputFiles(new FilePayload("hill.png", "image/png", Samples.picture()));

    for (Visitor visitor : new Visitor[] {ann, ben}) {
      Locator picture = visitor.$("#messages img");
      assertThat(picture).isVisible();
      assertThat(picture).hasJSProperty("naturalWidth", 320);
      assertThat(visitor.$("#messages a.name")).hasText("hill.png");
    }
    assertThat(ann.$("#uploads li")).hasCount(0);
    assertThat(ann.$("#messages li.own")).hasAttribute("data-status", "seen");
  }

  @Test
  void a_file_is_offered_as_a_download() throws IOException {
    byte[] text = "a list of things\n".getBytes(StandardCharsets.UTF_8);
    ben.$("#file").setInputFiles(new FilePayload("things to do.txt", "text/plain", text));

    Locator link = ann.$("#messages a.name");
    assertThat(link).hasText("things to do.txt");
    Download download = ann.page().waitForDownload(link::click);
    assertEquals("things to do.txt", download.suggestedFilename());
    assertArrayEquals(text, Files.readAllBytes(download.path()));
    assertThat(ann.$("#messages img")).hasCount(0);
  }

  @Test
  void what_plays_goes_on_although_the_address_of_its_file_has_expired() {
    ben.networkMayFail();
    ann.$("#file").setInputFiles(new FilePayload("rain.wav", "audio/wav", Samples.silence(60)));
    assertThat(ben.$("#messages audio")).isVisible();
    ben.$("#composer").click(); // a page may play something once somebody did something there
    AtomicInteger expired = new AtomicInteger();
    ben.page()
        .route(
            "**/myfilebucket/**", // where a request goes that needs no redirect any more
            route -> {
              if (expired.getAndIncrement() == 0) {
                route.fulfill(new Route.FulfillOptions().setStatus(403));
              } else {
                route.resume();
              }
            });
    ben.$("#messages audio").evaluate("it => it.play()");
    ben.$("#messages audio").evaluate("it => { it.currentTime = 55 }");
    ben.page()
        .waitForFunction("() => document.querySelector('#messages audio').currentTime > 55.5");
    assertTrue(expired.get() > 0, "it was asked for there");
  }

  @Test
  void files_arrive_in_the_order_in_which_they_were_chosen() {
    ann.$("#file")
        .setInputFiles(
            new FilePayload[] {
              new FilePayload("one.png", "image/png", Samples.picture()),
              new FilePayload("two.txt", "text/plain", "two".getBytes(StandardCharsets.UTF_8)),
              new FilePayload("three.png", "image/png", Samples.picture())
            });

    assertThat(ben.$("#messages a.name")).hasText(new String[] {"one.png", "two.txt", "three.png"});
  }

  @Test
  void a_file_that_is_refused_says_why_and_nothing_is_sent() {
    ann.networkMayFail();
    byte[] page = "<!doctype html><script>alert(1)</script>".getBytes(StandardCharsets.UTF_8);
    ann.$("#file").setInputFiles(new FilePayload("cat.png", "image/png", page));

    assertThat(ann.$("#uploads li .error")).not().isEmpty();
    assertThat(ann.$("#uploads li")).hasAttribute("data-state", "failed");
    ann.$("#uploads li .cancel").click();
    assertThat(ann.$("#uploads li")).hasCount(0);
    ann.say("that did not work");
    assertThat(ben.messages()).hasCount(1);
  }
}
