package randomchat.manifests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Builds a folder of manifests with whichever kustomize is there: kubectl's own, or the tool. */
final class Kustomize {

  private static final List<List<String>> WAYS =
      List.of(List.of("kubectl", "kustomize"), List.of("kustomize", "build"));

  private Kustomize() {}

  /**
   * The YAML documents that the folder makes.
   *
   * @throws AssertionError with what kustomize says when it refuses, or with what is missing
   */
  static String build(Path folder) {
    for (List<String> way : WAYS) {
      if (isThere(way.getFirst())) {
        return run(way, folder);
      }
    }
    throw new AssertionError("missing: kubectl (1.27 or newer) or kustomize (5 or newer)");
  }

  private static boolean isThere(String command) {
    for (String folder : System.getenv("PATH").split(":")) {
      if (Files.isExecutable(Path.of(folder, command))) {
        return true;
      }
    }
    return false;
  }

  private static String run(List<String> way, Path folder) {
    try {
      Path errors = Files.createTempFile("kustomize", ".log");
      Process process =
          new ProcessBuilder(way.getFirst(), way.getLast(), folder.toString())
              .redirectError(errors.toFile())
              .start();
      String yaml = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      String complaint = Files.readString(errors);
      Files.delete(errors);
      if (status != 0) {
        throw new AssertionError("%s: %s".formatted(folder, complaint));
      }
      return yaml;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", stop);
    }
  }
}
