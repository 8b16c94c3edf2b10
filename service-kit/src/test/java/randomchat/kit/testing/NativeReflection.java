package randomchat.kit.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;

/**
 * What a native image of the module under test would know of its records, read from the sources of
 * that image, which the build writes before its integration tests.
 */
public final class NativeReflection {

  private static final String CONFIGURATION = "META-INF/native-image/reflect-config.json";

  private NativeReflection() {}

  /** Names of our records that may be read and written as JSON. */
  public static Set<String> records() {
    File[] jars = new File("target/native-sources").listFiles((d, n) -> n.endsWith("-runner.jar"));
    if (jars == null || jars.length != 1) {
      throw new IllegalStateException("one jar with the sources of a native image is expected");
    }
    Set<String> names = new TreeSet<>();
    try (JarFile jar = new JarFile(jars[0]);
        InputStream in = jar.getInputStream(jar.getEntry(CONFIGURATION))) {
      for (JsonNode type : new ObjectMapper().readTree(in)) {
        String name = type.path("name").asText();
        if (name.startsWith("randomchat.") && isRecord(name)) {
          names.add(name);
        }
      }
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isRecord(String name) {
    try {
      return Class.forName(name, false, NativeReflection.class.getClassLoader()).isRecord();
    } catch (ClassNotFoundException generated) {
      return false;
    }
  }
}
