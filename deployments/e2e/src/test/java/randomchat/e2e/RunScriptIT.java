package randomchat.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import randomchat.e2e.system.RandomChat;
import randomchat.e2e.system.RunScript;
import randomchat.e2e.system.RunScript.Ended;
import randomchat.kit.testing.RedisServer;

/** run.sh says what is wrong in one line, and leaves nothing behind. */
@WholeSystem
final class RunScriptIT {

  private final RandomChat system;

  RunScriptIT(RandomChat system) {
    this.system = system;
  }

  @Test
  void a_second_run_is_refused_and_the_first_goes_on() {
    Ended ended = system.script().call("run", "--processes");
    assertEquals(1, ended.status());
    assertEquals(1, ended.output().lines().count(), ended.output());
    assertTrue(ended.output().contains("it runs already"), ended.output());
    assertEquals(0, system.script().call("status").status());
  }

  @Test
  void a_port_in_use_is_named(@TempDir Path folder) throws IOException {
    Ended ended =
        new RunScript(folder, Map.of("GATEWAY_PORT", "" + system.port()))
            .call("run", "--processes");
    assertEquals(1, ended.status());
    assertEquals(1, ended.output().lines().count(), ended.output());
    assertTrue(ended.output().contains("port " + system.port() + " is in use"), ended.output());
    assertNothingLeft(folder);
  }

  @Test
  void a_bad_value_is_named_with_its_range(@TempDir Path folder) throws IOException {
    Map<String, String> environment =
        Map.of("MAX_MSGS", "0", "GATEWAY_PORT", "" + RedisServer.freePort());
    Ended ended = new RunScript(folder, environment).call("run", "--detach", "--processes");
    assertNotEquals(0, ended.status());
    assertTrue(ended.output().contains("MAX_MSGS must be"), ended.output());
    assertTrue(ended.output().contains("100000"), ended.output());
    assertTrue(ended.output().lines().noneMatch(line -> line.strip().startsWith("at ")));
    assertNothingLeft(folder);
  }

  @Test
  void it_works_from_any_folder() {
    Ended status = system.script().callFrom(Path.of("/"), "status");
    assertEquals(0, status.status(), status.output());
    assertEquals(9, status.output().lines().filter(line -> line.endsWith(" ready")).count());
    assertEquals("PONG", system.script().callFrom(Path.of("/"), "redis", "ping").output().strip());
    assertTrue(
        system.script().callFrom(Path.of("/"), "logs", "chat").output().contains("chat-service"));
  }

  @Test
  void what_it_does_not_know_it_says() {
    Ended verb = system.script().call("dance");
    assertNotEquals(0, verb.status());
    assertTrue(verb.output().contains("there is no verb 'dance'"));
    Ended log = system.script().call("logs", "nobody");
    assertEquals("run.sh: there is no log of nobody\n", log.output());
    assertNotEquals(0, log.status());
  }

  @Test
  void what_it_writes_is_for_its_owner_alone() throws IOException {
    for (String file : List.of("", "secrets", "data/s3", "redis.conf")) {
      var permissions = Files.getPosixFilePermissions(system.runDir().resolve(file));
      String others = PosixFilePermissions.toString(permissions).substring(3);
      assertEquals("------", others, file);
    }
  }

  private static void assertNothingLeft(Path folder) throws IOException {
    try (Stream<Path> records = Files.list(folder.resolve("processes"))) {
      assertEquals(List.of(), records.toList());
    }
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      assertEquals(
          List.of(),
          processes
              .filter(process -> process.getFileName().toString().matches("\\d+"))
              .filter(process -> names(process, folder))
              .toList());
    }
  }

  private static boolean names(Path process, Path folder) {
    return Stream.of("cmdline", "environ")
        .anyMatch(file -> text(process.resolve(file)).contains(folder.toString()));
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      return "";
    }
  }
}
