package randomchat.e2e.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import randomchat.kit.testing.Contract;

/** deployments/run.sh with a folder and an environment of its own, called as a person would. */
public final class RunScript {

  private static final int PATIENCE = 150; // seconds; six JVMs start on two busy cores

  private final Map<String, String> environment;

  /** How a call ended and what it wrote; both streams are one. */
  public record Ended(int status, String output) {}

  /**
   * @param environment beside PATH, HOME and JAVA_HOME, which are handed on, and nothing else
   */
  public RunScript(Path runDir, Map<String, String> environment) {
    this.environment = new java.util.HashMap<>(environment);
    this.environment.put("RUN_DIR", runDir.toString());
    this.environment.put("RUN_BUILD", "off");
  }

  public Ended call(String... verb) {
    return callFrom(Path.of("").toAbsolutePath(), verb);
  }

  public Ended callFrom(Path folder, String... verb) {
    try {
      Path output = Files.createTempFile("run", ".out");
      Process process = builder(folder, verb).redirectOutput(output.toFile()).start();
      boolean ended = process.waitFor(PATIENCE, TimeUnit.SECONDS);
      if (!ended) {
        process.destroy();
      }
      String text = Files.readString(output);
      Files.delete(output);
      if (!ended) {
        throw new AssertionError("run.sh " + String.join(" ", verb) + " does not end:\n" + text);
      }
      return new Ended(process.exitValue(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As {@link #call}, and it must succeed; its output. */
  public String done(String... verb) {
    Ended ended = call(verb);
    if (ended.status() != 0) {
      throw new AssertionError(
          "run.sh " + String.join(" ", verb) + " failed with " + ended.status() + ":\n" + ended);
    }
    return ended.output();
  }

  private ProcessBuilder builder(Path folder, String... verb) {
    List<String> command = new ArrayList<>();
    command.add(Contract.root().resolve("deployments/run.sh").toString());
    command.addAll(List.of(verb));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    Map<String, String> its = builder.environment();
    its.keySet().retainAll(List.of("PATH", "HOME", "JAVA_HOME", "LANG"));
    its.put("JAVA_OPTS", "-XX:TieredStopAtLevel=1"); // ready in two thirds of the time
    its.putAll(environment);
    return builder;
  }
}
