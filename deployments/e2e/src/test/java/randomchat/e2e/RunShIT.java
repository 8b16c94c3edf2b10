package randomchat.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import randomchat.e2e.system.Eventually;
import randomchat.e2e.system.RunScript;
import randomchat.e2e.system.RunScript.Ended;
import randomchat.kit.testing.Await;
import randomchat.kit.testing.Contract;
import randomchat.kit.testing.RedisServer;

/** A system of its own, from its start to its end: what run.sh starts it also stops, all of it. */
final class RunShIT {

  private static final Path ELSEWHERE = Path.of("/tmp");

  /** Four JVMs start on two busy cores. */
  private static final int PATIENCE_SECONDS = 75;

  private final Map<String, String> environment =
      Map.of(
          "GATEWAY_PORT", "" + RedisServer.freePort(),
          "GATEWAY_HOST", "127.0.0.1",
          "DRAIN_SECONDS", "1");

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    script().call("stop");
  }

  @Test
  void stop_ends_everything_that_run_started_and_nothing_else() throws Exception {
    try (RedisServer foreign = RedisServer.start()) {
      Process run = run();
      Path output = folder.resolve("output");
      Await.within(PATIENCE_SECONDS, () -> isReady(output, run));
      String origin = "http://localhost:" + environment.get("GATEWAY_PORT");
      assertEquals("Random Chat is ready: " + origin + "\n", Files.readString(output));

      Ended status = script().callFrom(ELSEWHERE, "status");
      assertEquals(0, status.status(), status.output());
      List<String> names = List.of("chat-1", "match-1", "user", "uploader", "gateway", "store");
      for (String name : names) {
        assertTrue(
            status
                .output()
                .lines()
                .anyMatch(line -> line.matches(name + " +pid \\d+ +port \\d+ +ready")),
            status.output());
      }
      assertEquals(names.size() + 1, status.output().lines().count(), "and redis");
      assertTrue(processes().size() > names.size(), processes().toString());

      Ended stopped = script().callFrom(ELSEWHERE, "stop");
      assertEquals("Stopped.\n", stopped.output());
      assertEquals(0, stopped.status());
      assertTrue(run.waitFor(5, TimeUnit.SECONDS));
      assertNothingLeft();
      assertEquals("PONG", foreign.tell("PING"));
    }
    assertEquals(new Ended(1, "Nothing is running.\n"), script().call("status"));
    assertEquals(new Ended(0, "Nothing is running.\n"), script().call("stop"));
    assertEquals(new Ended(1, "run.sh: nothing is running\n"), script().call("redis", "ping"));
  }

  @Test
  void one_that_is_interrupted_while_it_starts_leaves_nothing_behind() throws Exception {
    Process run = run();
    Eventually.is("a service starts", () -> Files.exists(folder.resolve("run/processes/user")));
    new ProcessBuilder("kill", "-INT", "--", "-" + run.pid()).start().waitFor();

    assertTrue(run.waitFor(20, TimeUnit.SECONDS), "it ends");
    assertEquals(130, run.exitValue());
    assertEquals("", Files.readString(folder.resolve("output")));
    assertNothingLeft();
  }

  @Test
  void an_address_of_redis_that_is_none_is_named_and_nothing_is_left_behind() throws IOException {
    Ended ended =
        script("REDIS_ADDRS", "localhost").callFrom(ELSEWHERE, "run", "--detach", "--processes");
    assertEquals(1, ended.status());
    List<String> lines = ended.output().lines().toList();
    assertEquals(2, lines.size(), ended.output());
    assertTrue(lines.getFirst().startsWith("REDIS_ADDRS must be host:port"), ended.output());
    assertTrue(lines.getLast().contains("did not start; see " + folder), ended.output());
    assertNothingLeft();
  }

  private RunScript script(String... more) {
    Map<String, String> all = new HashMap<>(environment);
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    return new RunScript(folder.resolve("run"), all);
  }

  /**
   * As in a terminal: a group of its own, which Ctrl-C is for, and it stays until somebody ends it.
   */
  private Process run() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                "setsid",
                "env",
                "--default-signal=INT", // whoever runs this test may ignore it
                Contract.root().resolve("deployments/run.sh").toString(),
                "run",
                "--processes")
            .directory(ELSEWHERE.toFile())
            .redirectErrorStream(true)
            .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(folder.resolve("output").toFile());
    builder.environment().keySet().retainAll(List.of("PATH", "HOME", "JAVA_HOME", "LANG"));
    builder.environment().putAll(environment);
    builder.environment().put("RUN_DIR", folder.resolve("run").toString());
    builder.environment().put("RUN_BUILD", "off");
    return builder.start();
  }

  private static boolean isReady(Path output, Process run) {
    try {
      return Files.readString(output).contains("is ready") || !run.isAlive();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertNothingLeft() throws IOException {
    assertEquals(List.of(), processes());
    try (Stream<Path> records = Files.list(folder.resolve("run/processes"))) {
      assertEquals(List.of(), records.toList());
    }
  }

  /** Whatever runs with this folder in its command, its environment or as where it works. */
  private List<String> processes() {
    return ProcessHandle.allProcesses()
        .filter(process -> traces(Path.of("/proc", "" + process.pid())).contains(folder + "/run"))
        .map(process -> process.pid() + " " + process.info().command().orElse(""))
        .toList();
  }

  private static String traces(Path process) {
    try {
      return Files.readSymbolicLink(process.resolve("cwd"))
          + text(process.resolve("cmdline"))
          + text(process.resolve("environ"));
    } catch (IOException gone) {
      return "";
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }
}
