package randomchat.e2e.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import randomchat.kit.testing.RedisServer;
import randomchat.kit.testing.RedisTerminal;

/**
 * The whole system of a test run: as {@code run.sh run --detach} starts it, with two replicas of
 * chat and match, and everything it writes under target/run. With {@code TEST_COMPOSE=true} it runs
 * in containers, of the images that are there; tests of processes and of their logs then make no
 * sense.
 */
public final class RandomChat implements AutoCloseable {

  /** What one replica admits: few enough to fill one. */
  public static final int MAX_ALLOWED_CONNS = 16;

  public static final Duration LEASE = Duration.ofSeconds(3);
  private static final boolean IN_CONTAINERS = "true".equals(System.getenv("TEST_COMPOSE"));
  private static final String BUCKET = "myfilebucket";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path runDir = target().resolve("run");
  private final int port = RedisServer.freePort();
  private final String secret;
  private final String redisPassword = randomHex();
  private final Map<String, Part> parts = new TreeMap<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private final RunScript script;

  private RandomChat(Map<String, String> settings) {
    Map<String, String> all =
        new HashMap<>(
            Map.ofEntries(
                Map.entry("GATEWAY_PORT", "" + port),
                Map.entry("GATEWAY_HOST", "127.0.0.1"),
                Map.entry("CHAT_REPLICAS", "2"),
                Map.entry("MATCH_REPLICAS", "2"),
                Map.entry("GATEWAY_RATE_LIMIT", "off"),
                Map.entry("LEASE_SECONDS", "" + LEASE.toSeconds()),
                Map.entry("DRAIN_SECONDS", "2"),
                Map.entry("MAX_ALLOWED_CONNS", "" + MAX_ALLOWED_CONNS),
                Map.entry("MESSAGE_RATE", "100"),
                Map.entry("MESSAGE_BURST", "500"),
                Map.entry("REDIS_PASSWORD", redisPassword),
                Map.entry("JWT_SECRET", randomHex())));
    all.putAll(settings);
    secret = all.get("JWT_SECRET");
    script = new RunScript(runDir, all);
  }

  public static RandomChat start() {
    return start(Map.of());
  }

  /**
   * @param settings beside those that all tests agree on, or in their place
   */
  public static RandomChat start(Map<String, String> settings) {
    RandomChat system = new RandomChat(settings);
    system.close(); // what a run that was killed has left
    system.forget();
    Runtime.getRuntime().addShutdownHook(new Thread(system::close));
    system.script.done("run", "--detach", IN_CONTAINERS ? "--compose" : "--processes");
    system.findParts();
    return system;
  }

  /** Also where others have come in the place of those that were there. */
  public void findParts() {
    for (String name :
        List.of("chat-1", "chat-2", "match-1", "match-2", "user", "uploader", "store", "redis")) {
      parts.put(name, IN_CONTAINERS ? new ContainerPart(this, name) : new ProcessPart(this, name));
    }
  }

  public static Path target() {
    return Path.of("target").toAbsolutePath();
  }

  /** Where a browser finds it. */
  public String origin() {
    return "http://localhost:" + port;
  }

  public int port() {
    return port;
  }

  public String bucket() {
    return BUCKET;
  }

  /** What tokens are signed with. */
  public String secret() {
    return secret;
  }

  public Path runDir() {
    return runDir;
  }

  public RunScript script() {
    return script;
  }

  public Part part(String name) {
    return parts.get(name);
  }

  /** Every replica of a service, or the only process of a part. */
  public List<Part> partsOf(String kind) {
    return parts.values().stream()
        .filter(part -> part.name().equals(kind) || part.name().startsWith(kind + "-"))
        .toList();
  }

  public Path log(String name) {
    return runDir.resolve("logs").resolve(name + ".log");
  }

  /** All that was logged by anybody, by file. */
  public Map<String, String> logs() {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.walk(runDir)) {
      for (Path file :
          files.filter(path -> path.getFileName().toString().contains(".log")).toList()) {
        texts.put(file.getFileName().toString(), Files.readString(file));
      }
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A connection to its Redis. */
  public RedisTerminal redis() {
    return new RedisTerminal(part("redis").host(), part("redis").port(), redisPassword);
  }

  boolean isReady(String name) {
    Part part = part(name);
    return switch (name) {
      case "redis" -> script.call("redis", "ping").output().strip().equals("PONG");
      case "store" -> accepts(part);
      default -> get(part, "/q/health/ready").contains("\"UP\"");
    };
  }

  private String get(Part part, String path) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create("http://" + part.host() + ":" + part.managementPort() + path))
              .timeout(Duration.ofSeconds(5))
              .build();
      var answer = http.send(request, BodyHandlers.ofString());
      return answer.statusCode() == 200 ? answer.body() : "";
    } catch (IOException notYet) {
      return "";
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean accepts(Part part) {
    try (Socket socket = new Socket(part.host(), part.port())) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  /** What each service, and nginx itself, had to say last. */
  public String lastWords() {
    StringBuilder words = new StringBuilder();
    logs()
        .forEach(
            (name, text) -> {
              List<String> lines =
                  text.lines().filter(line -> !line.startsWith("{") && !line.isBlank()).toList();
              words.append("== ").append(name).append('\n');
              lines
                  .subList(Math.max(0, lines.size() - 8), lines.size())
                  .forEach(line -> words.append(line).append('\n'));
            });
    return words.toString();
  }

  public static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException("not JSON: " + text, e);
    }
  }

  public static String randomHex() {
    byte[] bytes = new byte[32];
    ThreadLocalRandom.current().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private void forget() {
    if (!Files.exists(runDir)) {
      return;
    }
    try (Stream<Path> files = Files.walk(runDir)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops it, and forgets what containers would keep for the next start. */
  @Override
  public void close() {
    if (IN_CONTAINERS) {
      script.call("compose", "--profile", "*", "down", "--volumes");
    }
    script.call("stop");
  }
}
