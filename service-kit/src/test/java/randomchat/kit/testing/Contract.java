package randomchat.kit.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The checked-in contract, docs/contract, that services and web are held against. */
public final class Contract {

  private Contract() {}

  public static JsonNode read(String file) {
    try {
      return new ObjectMapper().readTree(root().resolve("docs/contract/" + file).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder of the whole project, from whichever module a test runs in. */
  public static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("docs/contract"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
