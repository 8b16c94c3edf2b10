package randomchat.e2e.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import randomchat.e2e.system.Eventually;

/**
 * A Chromium whose tabs know that they are hidden. One that Playwright starts emulates focus for
 * every page, so that each is visible for ever; this one is only watched from outside.
 */
final class RealTabs {

  private final Path profile;
  private final Process chromium;
  private final Browser browser;

  private RealTabs(Path profile, Process chromium, Browser browser) {
    this.profile = profile;
    this.chromium = chromium;
    this.browser = browser;
  }

  static RealTabs open(Playwright playwright, Path executable, List<String> arguments) {
    try {
      Path profile = Files.createTempDirectory("profile");
      List<String> command = new ArrayList<>(List.of(executable.toString()));
      command.addAll(arguments);
      command.addAll(
          List.of(
              "--headless",
              "--remote-debugging-port=0",
              "--user-data-dir=" + profile,
              "--window-size=1000,800",
              "about:blank"));
      Process chromium =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(profile.resolve("chromium.out").toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(chromium::destroyForcibly));
      Browser browser =
          playwright
              .chromium()
              .connectOverCDP(
                  "http://127.0.0.1:" + port(profile),
                  new BrowserType.ConnectOverCDPOptions().setNoDefaults(true));
      return new RealTabs(profile, chromium, browser);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  BrowserContext context() {
    return browser.contexts().getFirst();
  }

  private static String port(Path profile) {
    Path file = profile.resolve("DevToolsActivePort");
    Eventually.is("chromium says its port", () -> lines(file).size() == 2);
    return lines(file).getFirst();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void close() {
    browser.close();
    chromium.destroy();
    Eventually.is("chromium has ended", () -> !chromium.isAlive());
    try (Stream<Path> files = Files.walk(profile)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
