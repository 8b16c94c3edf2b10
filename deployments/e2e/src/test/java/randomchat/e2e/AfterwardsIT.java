package randomchat.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import randomchat.e2e.system.RandomChat;
import randomchat.kit.testing.RedisServer;
import randomchat.kit.testing.RedisTerminal;

/** What is left after everything: asked last, and the very last is the end of the system. */
@WholeSystem
@Order(Integer.MAX_VALUE)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class AfterwardsIT {

  private static final String WITHOUT_EXPIRY =
      """
      local cursor, left = '0', {}
      repeat
        local page = redis.call('SCAN', cursor, 'COUNT', 1000)
        cursor = page[1]
        for _, key in ipairs(page[2]) do
          if redis.call('PTTL', key) == -1 then left[#left + 1] = key end
        end
      until cursor == '0'
      return left
      """;

  /** A signed token, a signature of a presigned URL, or a query of a socket. */
  private static final Pattern SECRET =
      Pattern.compile("eyJ[\\w-]{10,}\\.eyJ|X-Amz-Signature|access_token=|okb64=");

  private final RandomChat system;
  private final int redisPort;

  AfterwardsIT(RandomChat system) {
    this.system = system;
    this.redisPort = system.part("redis").port();
  }

  @Test
  void every_key_has_an_expiry() {
    try (RedisTerminal redis = system.redis()) {
      assertTrue(Integer.parseInt(redis.ask("DBSIZE")) > 0);
      assertEquals("", redis.ask("EVAL", WITHOUT_EXPIRY, "0"));
    }
  }

  @Test
  void no_service_logged_an_error() {
    List<String> errors = new ArrayList<>();
    system
        .logs()
        .forEach(
            (name, text) ->
                text.lines()
                    .filter(line -> line.matches("\\S+ \\S+ (ERROR|FATAL) .*"))
                    .forEach(line -> errors.add(name + ": " + line)));
    assertEquals(List.of(), errors);
  }

  @Test
  void no_log_holds_a_token() {
    for (Map.Entry<String, String> log : system.logs().entrySet()) {
      List<String> found =
          log.getValue().lines().filter(line -> SECRET.matcher(line).find()).limit(3).toList();
      assertEquals(List.of(), found, log.getKey());
      assertTrue(!log.getValue().contains(system.secret()), log.getKey());
    }
  }

  @Test
  void the_access_log_holds_paths_without_queries() {
    String log = system.logs().get("gateway-access.log");
    assertTrue(log.lines().count() > 1, "something was logged");
    log.lines()
        .map(RandomChat::json)
        .forEach(line -> assertTrue(!line.get("path").asText().contains("?"), line.toString()));
  }

  @Test
  void everything_is_ready() {
    assertEquals(0, system.script().call("status").status());
    assertEquals(
        9, system.script().done("status").lines().filter(l -> l.endsWith(" ready")).count());
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void stop_ends_all_that_run_started_and_nothing_else() throws IOException {
    try (RedisServer somebodyElses = RedisServer.start()) {
      assertTrue(!ours().isEmpty());
      system.script().done("stop");
      assertEquals(List.of(), ours());
      assertEquals(1, system.script().call("status").status());
      try (var socket = new java.net.Socket("127.0.0.1", somebodyElses.port())) {
        assertTrue(socket.isConnected());
      }
    }
  }

  /** Processes whose command or environment names the folder of this run. */
  private List<String> ours() throws IOException {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      return processes
          .filter(path -> path.getFileName().toString().matches("\\d+"))
          .filter(path -> names(path.resolve("cmdline")) || names(path.resolve("environ")))
          .map(path -> text(path.resolve("cmdline")).replace('\0', ' '))
          .toList();
    }
  }

  private boolean names(Path file) {
    return text(file).contains(system.runDir().toString())
        || text(file).contains("redis-server 127.0.0.1:" + redisPort);
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      return "";
    }
  }
}
