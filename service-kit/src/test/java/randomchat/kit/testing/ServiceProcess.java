package randomchat.kit.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A packaged service as a process of its own, on free ports, with nothing but the given variables:
 * what an integration test starts.
 */
public final class ServiceProcess implements AutoCloseable {

  private static final String JAR = "target/quarkus-app/quarkus-run.jar";
  private static final Duration PATIENCE = Duration.ofSeconds(90); // a busy machine starts slowly

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path log;
  private final Process process;
  private final int port = RedisServer.freePort();
  private final int managementPort = RedisServer.freePort();

  private ServiceProcess(Path jar, Map<String, String> variables, List<String> flags)
      throws IOException {
    log = Scratch.log("service");
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.add("-XX:TieredStopAtLevel=1"); // ready in two thirds of the time
    command.addAll(flags);
    command.addAll(List.of("-jar", jar.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", System.getenv("PATH"));
    builder.environment().put("HTTP_PORT", String.valueOf(port));
    builder.environment().put("MANAGEMENT_PORT", String.valueOf(managementPort));
    builder.environment().put("DRAIN_SECONDS", "0");
    builder.environment().putAll(variables);
    process = builder.redirectOutput(log.toFile()).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  /**
   * The service of the module under test.
   *
   * @param flags of the JVM
   */
  public static ServiceProcess start(Map<String, String> variables, String... flags) {
    return start(Path.of(JAR), variables, flags);
  }

  /**
   * @param service the name of its module
   */
  public static ServiceProcess of(String service, Map<String, String> variables, String... flags) {
    return start(Contract.root().resolve(service).resolve(JAR), variables, flags);
  }

  private static ServiceProcess start(Path jar, Map<String, String> variables, String... flags) {
    try {
      return new ServiceProcess(jar, variables, List.of(flags));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI url(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  public URI managementUrl(String path) {
    return URI.create("http://127.0.0.1:" + managementPort + path);
  }

  /** What it has written so far. */
  public String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks it to end, as an orchestrator does: it drains first. */
  public void terminate() {
    process.destroy();
  }

  /** Stops it where it is, as a machine does that has other things to do. */
  public void freeze() {
    Signal.STOP.send(process);
  }

  /** It goes on where {@link #freeze} stopped it. */
  public void thaw() {
    Signal.CONT.send(process);
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for the end of the process; its exit code. */
  public int awaitExit() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("still runs:\n" + output());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public ServiceProcess awaitAlive() {
    return await("/q/health/live");
  }

  public ServiceProcess awaitReady() {
    return await("/q/health/ready");
  }

  public HttpResponse<String> get(URI url) {
    return send(HttpRequest.newBuilder(url).build());
  }

  public HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private ServiceProcess await(String path) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!answers(path)) {
      if (System.nanoTime() > deadline || !process.isAlive()) {
        throw new AssertionError("no 200 at " + path + ":\n" + output());
      }
      sleepShortly();
    }
    return this;
  }

  private boolean answers(String path) {
    try {
      return get(managementUrl(path)).statusCode() == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  private static void sleepShortly() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    awaitExit();
  }
}
