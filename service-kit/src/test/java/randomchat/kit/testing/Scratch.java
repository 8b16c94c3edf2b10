package randomchat.kit.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What tests write, in {@code target} of their module: it can be looked at until the next clean.
 */
final class Scratch {

  private static final Path PARENT = Path.of("target", "scratch").toAbsolutePath();

  private Scratch() {}

  static Path folder(String name) throws IOException {
    return Files.createTempDirectory(Files.createDirectories(PARENT), name);
  }

  static Path log(String name) throws IOException {
    return Files.createTempFile(Files.createDirectories(PARENT), name, ".log");
  }
}
