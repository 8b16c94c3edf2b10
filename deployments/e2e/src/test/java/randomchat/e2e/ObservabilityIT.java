package randomchat.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import randomchat.e2e.client.Person;
import randomchat.e2e.client.Wire;
import randomchat.e2e.system.Eventually;
import randomchat.e2e.system.Part;
import randomchat.e2e.system.RandomChat;
import randomchat.kit.testing.Contract;
import randomchat.kit.testing.Scrape;

/** What deployments/observability asks for is what the services tell, and is explained. */
@WholeSystem
final class ObservabilityIT {

  private static final Path FOLDER = Contract.root().resolve("deployments/observability");

  /** A metric and its matchers, if it has any. */
  private static final Pattern SELECTOR =
      Pattern.compile("\\b([a-z]+(?:_[a-z0-9]+)+)\\b(?!\\s*\\()(?:\\{([^}]*)\\})?");

  private static final Pattern GROUPING = Pattern.compile("\\bby \\([^)]*\\)");
  private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~?)\"([^\"]*)\"");
  private static final Pattern RULE = Pattern.compile("expr: (?:\\|\\n((?: {10,}.*\\n)+)|(.*)\\n)");
  private static final Pattern OURS = Pattern.compile("randomchat_[a-z_]*[a-z]");

  private final RandomChat system;

  ObservabilityIT(RandomChat system) {
    this.system = system;
  }

  private Scrape scrape() {
    List<String> samples = new ArrayList<>();
    for (String kind : new String[] {"chat", "match", "uploader", "user"}) {
      for (Part part : system.partsOf(kind)) {
        String metrics = "http://127.0.0.1:" + part.managementPort() + "/q/metrics";
        samples.addAll(Scrape.of(URI.create(metrics)).samples());
      }
    }
    return new Scrape(samples);
  }

  @Test
  void every_metric_of_a_rule_or_a_panel_is_exported_with_those_labels() throws IOException {
    try (Person.Pair pair = Person.pair(system.origin())) {
      pair.one().history(); // requests have no samples before the first
      Scrape scrape = scrape();
      List<String> missing = new ArrayList<>();
      for (String expression : Stream.concat(rules(), panels()).toList()) {
        String selectors = GROUPING.matcher(expression).replaceAll("");
        SELECTOR
            .matcher(selectors)
            .results()
            .filter(found -> !isExported(scrape, found))
            .forEach(found -> missing.add(found.group() + " of " + expression));
      }
      assertEquals(List.of(), missing);
    }
  }

  private static boolean isExported(Scrape scrape, MatchResult selector) {
    if (!scrape.names().contains(selector.group(1))) {
      return false;
    }
    return selector.group(2) == null
        || MATCHER
            .matcher(selector.group(2))
            .results()
            .filter(matcher -> !matcher.group(1).equals("status")) // no 5xx is there
            .flatMap(matcher -> alternatives(matcher))
            .allMatch(label -> has(scrape, selector.group(1), label));
  }

  private static Stream<String> alternatives(MatchResult matcher) {
    Stream<String> values =
        matcher.group(2).equals("=") ? Stream.of(matcher.group(3)) : words(matcher.group(3));
    return values.map(value -> matcher.group(1) + "=\"" + value + "\"");
  }

  private static Stream<String> words(String alternatives) {
    return Stream.of(alternatives.split("\\|"));
  }

  private static boolean has(Scrape scrape, String name, String label) {
    return scrape.samples().stream()
        .anyMatch(sample -> sample.startsWith(name + "{") && sample.contains(label));
  }

  private static Stream<String> rules() throws IOException {
    return RULE.matcher(read("alerts.yml"))
        .results()
        .map(rule -> rule.group(1) == null ? rule.group(2) : rule.group(1));
  }

  private static Stream<String> panels() throws IOException {
    List<String> expressions = new ArrayList<>();
    for (JsonNode panel :
        RandomChat.json(read("grafana/dashboards/random-chat.json")).get("panels")) {
      panel.path("targets").forEach(target -> expressions.add(target.get("expr").asText()));
    }
    assertTrue(expressions.size() > 15, "panels ask for something");
    return expressions.stream();
  }

  private static String read(String file) throws IOException {
    return Files.readString(FOLDER.resolve(file));
  }

  @Test
  void what_people_do_moves_the_metrics() {
    Scrape before = scrape();
    try (Person.Pair pair = Person.pair(system.origin());
        Wire ann = pair.one().enter(null);
        Wire ben = pair.other().enter(null)) {
      ann.text("hello", "m:1");
      ben.next(0);
      ann.next(0);
      pair.one().upload("a.txt", "text/plain", "words".getBytes()).expect(201);
      for (String moving :
          List.of(
              "matches_total",
              "time_to_match_seconds_count",
              "messages_posted_total",
              "messages_delivered_total",
              "delivery_latency_seconds_count",
              "uploads_total",
              "redis_roundtrip_seconds_count")) {
        String name = "randomchat_" + moving;
        Eventually.is(name + " moves", () -> scrape().sum(name) > before.sum(name));
      }
      assertTrue(scrape().sum("randomchat_sockets_open") >= 2);
    }
  }

  @Test
  void every_metric_of_ours_is_explained_and_no_other() throws IOException {
    String handbook = Files.readString(Contract.root().resolve("docs/operate.md"));
    Set<String> exported =
        scrape().names().stream()
            .filter(name -> name.startsWith("randomchat_"))
            .map(name -> name.replaceFirst("_(bucket|count|sum|max)$", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> explained =
        handbook
            .lines()
            .filter(line -> line.startsWith("| `randomchat_"))
            .map(line -> OURS.matcher(line).results().findFirst().orElseThrow().group())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(exported, explained);
  }

  @Test
  void every_alert_has_a_section_of_the_runbook() throws IOException {
    Set<String> sections =
        Files.readString(Contract.root().resolve("docs/operate.md"))
            .lines()
            .filter(line -> line.startsWith("### "))
            .map(line -> line.substring(4))
            .collect(Collectors.toSet());
    List<String> alerts =
        Pattern.compile("alert: (\\w+)(?s:.*?)#(\\w+)\\n")
            .matcher(read("alerts.yml"))
            .results()
            .peek(alert -> assertEquals(alert.group(1).toLowerCase(), alert.group(2)))
            .map(alert -> alert.group(1))
            .toList();
    assertTrue(alerts.size() > 10, alerts.toString());
    assertTrue(sections.containsAll(alerts), sections.toString());
  }
}
