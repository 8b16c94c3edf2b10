package randomchat.e2e.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import randomchat.e2e.system.Eventually;

/** An nginx of a test's own, in the foreground of its folder, which has an nginx.conf. */
final class Nginx implements AutoCloseable {

  private static final String WITH_SERVERS = "PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin; ";

  private final Process process;

  Nginx(Path folder, int port) {
    try {
      process =
          shell("exec nginx -p \"$FOLDER\" -c nginx.conf -e logs/error.log", folder, Map.of())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    Eventually.is("nginx answers, see " + folder.resolve("out"), () -> accepts(port));
  }

  /** Runs a command to its end, which must be a good one. */
  static void run(String command, Path folder, Map<String, String> environment) {
    try {
      Process running = shell(command, folder, environment).start();
      if (!running.waitFor(20, TimeUnit.SECONDS) || running.exitValue() != 0) {
        throw new AssertionError(command + ": " + Files.readString(folder.resolve("out")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ProcessBuilder shell(
      String command, Path folder, Map<String, String> environment) {
    ProcessBuilder builder =
        new ProcessBuilder(List.of("sh", "-c", WITH_SERVERS + command))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("out").toFile()));
    builder.environment().keySet().retainAll(List.of("PATH", "HOME", "LANG"));
    builder.environment().putAll(environment);
    builder.environment().put("FOLDER", folder.toString());
    return builder;
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
