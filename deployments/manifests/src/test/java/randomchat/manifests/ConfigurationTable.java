package randomchat.manifests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The variables that may be set: README's table with its ranges, and who really reads them. */
final class ConfigurationTable {

  private static final Pattern NAME = Pattern.compile("`([A-Z0-9_]+)`");
  private static final Pattern RANGE = Pattern.compile("(\\d+)–(\\d+)");
  private static final Pattern LEAST_BYTES = Pattern.compile("≥ (\\d+) bytes");
  private static final Pattern WORDS = Pattern.compile("[a-z]+(, [a-z]+)+");

  private final Map<String, String> ranges = new HashMap<>();

  ConfigurationTable() {
    for (String line : text(Cluster.ROOT.resolve("README.md")).split("\n")) {
      String[] cells = line.split("\\|");
      if (line.startsWith("| `") && cells.length == 5) {
        Matcher names = NAME.matcher(cells[1]);
        while (names.find()) {
          ranges.put(names.group(1), cells[3].strip());
        }
      }
    }
  }

  boolean has(String variable) {
    return ranges.containsKey(variable);
  }

  /** Whether a value is within the range that the table states; where it states none, it is. */
  boolean allows(String variable, String value) {
    String range = ranges.getOrDefault(variable, "");
    Matcher numbers = RANGE.matcher(range);
    if (numbers.matches()) {
      return value.matches("\\d+")
          && Long.parseLong(value) >= Long.parseLong(numbers.group(1))
          && Long.parseLong(value) <= Long.parseLong(numbers.group(2));
    }
    Matcher bytes = LEAST_BYTES.matcher(range);
    if (bytes.matches()) {
      return value.length() >= Integer.parseInt(bytes.group(1));
    }
    boolean words = WORDS.matcher(range).matches() && !range.contains("images");
    return !words || List.of(range.split(", ")).contains(value);
  }

  /** Whether a service's own sources, or those of what it is built on, name the variable. */
  static boolean isRead(String service, String variable) {
    return Stream.of(service + "-service", "service-kit")
        .map(module -> sources(Cluster.ROOT.resolve(module).resolve("src/main")))
        .anyMatch(text -> text.contains('"' + variable + '"') || text.contains("${" + variable));
  }

  /** The variables that a script takes from outside. */
  static List<String> readBy(String script) {
    Matcher names =
        Pattern.compile("\\$\\{?([A-Z][A-Z0-9_]+)").matcher(text(Cluster.ROOT.resolve(script)));
    List<String> found = new ArrayList<>();
    while (names.find()) {
      found.add(names.group(1));
    }
    return found;
  }

  /** The port that a service listens on when nothing is set. */
  static int defaultPort(String service) {
    Matcher port =
        Pattern.compile("random-chat.default-port=(\\d+)")
            .matcher(sources(Cluster.ROOT.resolve(service + "-service/src/main/resources")));
    if (!port.find()) {
      throw new AssertionError(service + " has no default port");
    }
    return Integer.parseInt(port.group(1));
  }

  private static String sources(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().matches(".*\\.(java|properties)"))
          .map(ConfigurationTable::text)
          .collect(Collectors.joining());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
