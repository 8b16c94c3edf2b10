package randomchat.e2e.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import randomchat.e2e.system.RandomChat;

/** One Chromium for the whole test run, and the visitors of the present test in it. */
public final class Browsers implements AutoCloseable {

  static final double PATIENCE = 15_000; // ms; two cores for browsers and services
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private final Playwright playwright;
  private final Browser browser;
  private final List<Visitor> visitors = new ArrayList<>();

  public Browsers() {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(new BrowserType.LaunchOptions().setExecutablePath(CHROMIUM).setArgs(ARGUMENTS));
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
  }

  /** Somebody with a browser profile of their own. */
  public Visitor visitor(String origin) {
    return visitor(origin, new Browser.NewContextOptions());
  }

  public Visitor visitor(String origin, Browser.NewContextOptions options) {
    var context = browser.newContext(options.setBaseURL(origin).setLocale("en-GB"));
    Visitor visitor = new Visitor(context, origin, context::close);
    visitors.add(visitor);
    return visitor;
  }

  /** Somebody whose tabs are hidden when another is in front. */
  public Visitor visitorWithRealTabs(String origin) {
    RealTabs tabs = RealTabs.open(playwright, CHROMIUM, ARGUMENTS);
    Visitor visitor = new Visitor(tabs.context(), origin, tabs::close);
    visitors.add(visitor);
    return visitor;
  }

  /** Two who have met, each in a browser profile of their own. */
  public Pair pair(String origin) {
    return pair(visitor(origin), visitor(origin));
  }

  public Pair pair(Visitor ann, Visitor ben) {
    ann.open().start("Ann");
    ben.open().start("Ben");
    ann.awaitChat();
    ben.awaitChat();
    return new Pair(ann, ben);
  }

  /** Two visitors in one conversation. */
  public record Pair(Visitor ann, Visitor ben) {}

  /** Keeps what a failed test leaves to be looked at. */
  public void keepEvidence(String test) {
    Path folder = RandomChat.target().resolve("failures").resolve(test);
    for (int i = 0; i < visitors.size(); i++) {
      visitors.get(i).keepEvidence(folder, i);
    }
  }

  /** Ends the test's visits; what was wrong in their pages. */
  public List<String> leave() {
    List<String> complaints = new ArrayList<>();
    for (Visitor visitor : visitors) {
      complaints.addAll(visitor.complaints());
      visitor.close();
    }
    visitors.clear();
    return complaints;
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
