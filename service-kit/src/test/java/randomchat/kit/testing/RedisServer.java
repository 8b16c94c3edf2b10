package randomchat.kit.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.testcontainers.containers.GenericContainer;

/**
 * A real Redis of a test's own: a redis-server process on a free port, or a container with {@code
 * TEST_CONTAINERS=true}.
 */
public final class RedisServer implements AutoCloseable {

  private static final int CONTAINER_PORT = 6379;

  private Process process;
  private GenericContainer<?> container;
  private Path folder;
  private String host = "127.0.0.1";
  private int port;
  private List<String> options = List.of();

  public static RedisServer start() {
    RedisServer server = new RedisServer();
    if ("true".equals(System.getenv("TEST_CONTAINERS"))) {
      server.startContainer();
    } else {
      server.port = freePort();
      server.startProcess();
    }
    return server;
  }

  /** One that keeps what it has on disk, and has it again after a restart; always a process. */
  public static RedisServer startDurable() {
    return startProcess(freePort(), "--appendonly", "yes", "--enable-debug-command", "local");
  }

  /** One node of a cluster that is not formed yet, durable as well; always a process. */
  static RedisServer startNode() {
    return startProcess(
        freePort(20_000), // the cluster bus takes the port 10,000 above
        "--cluster-enabled",
        "yes",
        "--cluster-node-timeout",
        "2000",
        "--appendonly", // or a primary that is restarted at once is empty, and empties its replica
        "yes");
  }

  private static RedisServer startProcess(int port, String... options) {
    RedisServer server = new RedisServer();
    server.port = port;
    server.options = List.of(options);
    server.startProcess();
    return server;
  }

  public String address() {
    return host + ":" + port;
  }

  public int port() {
    return port;
  }

  public boolean isAlive() {
    return container != null ? container.isRunning() : process.isAlive();
  }

  /** Ends it at once, as a crash would. */
  public void kill() {
    if (container != null) {
      container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
      return;
    }
    process.destroyForcibly();
    try {
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops it where it is, as a hung machine would; its connections stay. */
  public void freeze() {
    if (container != null) {
      container.getDockerClient().pauseContainerCmd(container.getContainerId()).exec();
    } else {
      Signal.STOP.send(process);
    }
  }

  /** It goes on where {@link #freeze} stopped it. */
  public void thaw() {
    if (container != null) {
      container.getDockerClient().unpauseContainerCmd(container.getContainerId()).exec();
    } else {
      Signal.CONT.send(process);
    }
  }

  /** Its answer to a command without blanks in its arguments. */
  public String tell(String command) {
    return tell(command.split(" "));
  }

  /** Its answer, as {@link RedisTerminal#ask} has it. */
  public String tell(String... words) {
    try (RedisTerminal terminal = new RedisTerminal(host, port)) {
      return terminal.ask(words);
    }
  }

  /** Starts it again on its port: empty, unless it is durable or a node of a cluster. */
  public void restart() {
    if (container == null) {
      startProcess();
      return;
    }
    container.getDockerClient().startContainerCmd(container.getContainerId()).exec();
    try {
      awaitPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (container != null) {
      container.stop();
    } else {
      kill();
    }
  }

  private void startContainer() {
    String image = System.getenv().getOrDefault("TEST_REDIS_IMAGE", "redis:7.4-alpine");
    port = freePort();
    container =
        new GenericContainer<>(image)
            .withCommand("redis-server", "--save", "", "--appendonly", "no")
            .withExposedPorts(CONTAINER_PORT);
    // A port of our choice, so that it is the same after a restart.
    container.setPortBindings(List.of(port + ":" + CONTAINER_PORT));
    container.start();
    host = container.getHost();
  }

  private void startProcess() {
    try {
      if (folder == null) {
        folder = Scratch.folder("redis");
      }
      List<String> command =
          new ArrayList<>(
              List.of(
                  "redis-server",
                  "--port",
                  String.valueOf(port),
                  "--bind",
                  "127.0.0.1",
                  "--save",
                  "",
                  "--dir",
                  folder.toString(),
                  "--enable-debug-command",
                  "local"));
      command.addAll(options);
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("redis.log").toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      awaitPort();
    } catch (IOException e) {
      throw new UncheckedIOException("redis-server is needed on the PATH", e);
    }
  }

  private void awaitPort() throws IOException {
    Instant deadline = Instant.now().plus(Duration.ofSeconds(10));
    while (true) {
      try (Socket socket = new Socket(host, port)) {
        socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.UTF_8));
        if (socket.getInputStream().read() == '+') {
          return;
        }
      } catch (IOException notYet) {
        if (Instant.now().isAfter(deadline) || (process != null && !process.isAlive())) {
          throw new IOException("redis-server did not start, see " + folder, notYet);
        }
        Thread.onSpinWait();
      }
    }
  }

  /** A port nobody listens on. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort(int below) {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(below / 2, below);
      try (ServerSocket socket = new ServerSocket(port)) {
        return socket.getLocalPort();
      } catch (IOException taken) {
        // another one
      }
    }
  }
}
