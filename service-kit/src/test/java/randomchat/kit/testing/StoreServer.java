package randomchat.kit.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A real object store of a test's own: s3proxy as a process on a free port, on a folder of its own,
 * from the jars that {@code mvn -pl deployments/s3 generate-resources} collects.
 */
public final class StoreServer implements AutoCloseable {

  public static final String ACCESS_KEY = "test-access-key";
  public static final String SECRET_KEY = "test-secret-key-0123456789";

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path folder;
  private final int port = RedisServer.freePort();
  private Process process;

  private StoreServer() throws IOException {
    folder = Scratch.folder("store");
    Files.createDirectory(folder.resolve("objects"));
    Files.writeString(
        folder.resolve("s3proxy.properties"),
        """
        s3proxy.endpoint=http://127.0.0.1:%d
        s3proxy.authorization=aws-v2-or-v4
        s3proxy.identity=%s
        s3proxy.credential=%s
        jclouds.provider=filesystem
        jclouds.filesystem.basedir=%s
        jclouds.identity=unused
        jclouds.credential=unused
        """
            .formatted(port, ACCESS_KEY, SECRET_KEY, folder.resolve("objects")));
  }

  public static StoreServer start() {
    try {
      StoreServer server = new StoreServer();
      server.startProcess();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For {@code S3_ENDPOINT}. */
  public String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  /** Where its buckets lie, one folder each. */
  public Path objects() {
    return folder.resolve("objects");
  }

  /** Ends it at once, as a crash would. */
  public void kill() {
    process.destroyForcibly();
    try {
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Starts it again on its port, with what it had. */
  public void restart() {
    try {
      startProcess();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }

  private void startProcess() throws IOException {
    Path jars = Contract.root().resolve("deployments/s3/target/lib");
    if (!Files.isDirectory(jars)) {
      throw new IllegalStateException("run mvn -pl deployments/s3 generate-resources first");
    }
    // A bucket whose folder others may read is a public one: so the umask.
    String command =
        "umask 077; exec '%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx128m -cp '%s%s*' org.gaul.s3proxy.Main --properties '%s'"
            .formatted(
                ProcessHandle.current().info().command().orElseThrow(),
                jars,
                File.separator,
                folder.resolve("s3proxy.properties"));
    process =
        new ProcessBuilder("sh", "-c", command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("store.log").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    awaitAnswer();
  }

  private void awaitAnswer() throws IOException {
    HttpRequest anything = HttpRequest.newBuilder(URI.create(endpoint() + "/")).build();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (HttpClient http = HttpClient.newHttpClient()) {
      while (true) {
        try {
          http.send(anything, HttpResponse.BodyHandlers.discarding());
          return;
        } catch (IOException notYet) {
          if (System.nanoTime() > deadline || !process.isAlive()) {
            throw new IOException("the store did not start, see " + folder, notYet);
          }
          Thread.sleep(50);
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
