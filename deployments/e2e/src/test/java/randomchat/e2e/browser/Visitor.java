package randomchat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Somebody with a browser: what they do on the pages, and all that their pages complain of. The
 * elements are held by the ids and data attributes that the page promises.
 */
public final class Visitor {

  /** The browser's own words for a network that fails, as it must in some tests. */
  private static final List<String> NETWORK =
      List.of("Failed to load resource", "WebSocket connection to");

  private static final String REPORT_VIOLATIONS =
      "addEventListener('securitypolicyviolation',"
          + " e => console.error('CSP: ' + e.violatedDirective + ' ' + e.blockedURI))";

  private final BrowserContext context;
  private final String origin;
  private final Runnable closing;
  private final List<String> console = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private Page page;
  private boolean networkMayFail;

  Visitor(BrowserContext context, String origin, Runnable closing) {
    this.context = context;
    this.origin = origin;
    this.closing = closing;
    context.setDefaultTimeout(Browsers.PATIENCE);
    context.addInitScript(REPORT_VIOLATIONS);
    context.onConsoleMessage(
        message -> {
          console.add(message.type() + ": " + message.text());
          if (message.type().equals("error") && !isExcused(message.text())) {
            complaints.add(message.text() + " at " + message.location());
          }
        });
    context.onWebError(error -> complaints.add("uncaught: " + error.error()));
    context.onRequest(
        request -> {
          if (!isOurs(URI.create(request.url()))) {
            complaints.add("a request to " + request.url());
          }
        });
    page = context.newPage();
  }

  private boolean isExcused(String text) {
    return networkMayFail && NETWORK.stream().anyMatch(text::startsWith);
  }

  private boolean isOurs(URI url) {
    return switch (url.getScheme()) {
      case "data", "blob", "about" -> true;
      default -> url.getAuthority().equals(URI.create(origin).getAuthority());
    };
  }

  /** From now on the browser may say that something could not be loaded. */
  public Visitor networkMayFail() {
    networkMayFail = true;
    return this;
  }

  public Page page() {
    return page;
  }

  public BrowserContext context() {
    return context;
  }

  public Visitor open() {
    page.navigate(origin + "/");
    return this;
  }

  /** A second tab of the same browser, in which this visitor goes on; the first is returned. */
  public Page openTab() {
    Page first = page;
    page = context.newPage();
    return first;
  }

  /** Goes on in that tab. */
  public Visitor in(Page tab) {
    page = tab;
    return this;
  }

  public Locator $(String selector) {
    return page.locator(selector);
  }

  /** Chooses a name and asks for somebody to talk to. */
  public Visitor start(String name) {
    $("#name").fill(name);
    $("#start").click();
    return this;
  }

  /** Asks for somebody to talk to under the name that the page knows already. */
  public Visitor startAs(String name) {
    assertThat($("#start")).hasText("Go on as " + name);
    $("#start").click();
    return this;
  }

  /** In the conversation, and connected. */
  public Visitor awaitChat() {
    page.waitForURL("**/chat.html");
    page.locator("#connection[data-state=open]").waitFor(attached());
    return this;
  }

  static Locator.WaitForOptions attached() {
    return new Locator.WaitForOptions()
        .setState(com.microsoft.playwright.options.WaitForSelectorState.ATTACHED);
  }

  public Visitor say(String text) {
    $("#composer").fill(text);
    $("#composer").press("Enter");
    return this;
  }

  /** Messages that are kept, own and others'. */
  public Locator messages() {
    return $("#messages li[data-id]");
  }

  public Locator message(String text) {
    return messages().filter(new Locator.FilterOptions().setHasText(text));
  }

  public Locator pending() {
    return $("#pending li[data-pending]");
  }

  /** Texts of the kept messages, in the order of the page. */
  public List<String> texts() {
    return $("#messages li[data-id] .text").allTextContents();
  }

  public Visitor leave() {
    $("#leave").click();
    $("#confirm-yes").click();
    return this;
  }

  public boolean scrollsSideways() {
    return (boolean)
        page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
                + " || document.body.scrollWidth > document.body.clientWidth");
  }

  List<String> complaints() {
    return List.copyOf(complaints);
  }

  void keepEvidence(Path folder, int number) {
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve(number + ".console.txt"), console);
      List<Page> pages = context.pages();
      for (int i = 0; i < pages.size(); i++) {
        pages
            .get(i)
            .screenshot(
                new Page.ScreenshotOptions()
                    .setTimeout(5_000)
                    .setPath(folder.resolve(number + "-" + i + ".png")));
      }
    } catch (PlaywrightException gone) {
      console.add("no screenshot: " + gone.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void close() {
    closing.run();
  }
}
