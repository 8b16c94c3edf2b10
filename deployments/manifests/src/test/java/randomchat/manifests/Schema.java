package randomchat.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Holds an object strictly against its schema: Kubernetes' own kinds against the API's models,
 * custom resources against {@code custom-resources.yaml}.
 */
final class Schema {

  private static final String MODELS = "io.kubernetes.client.openapi.models.";
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonNode CUSTOM = custom();

  private Schema() {}

  /** What is wrong with the object; empty when it is valid. */
  static List<String> complaints(Manifest manifest) {
    JsonNode fields = CUSTOM.path(manifest.apiVersion() + " " + manifest.kind());
    return fields.isMissingNode() ? builtIn(manifest) : custom(manifest, fields);
  }

  private static List<String> builtIn(Manifest manifest) {
    String version = manifest.apiVersion().replaceFirst(".*/", "");
    try {
      Class<?> model = Class.forName(MODELS + version.toUpperCase(Locale.ROOT) + manifest.kind());
      Object read =
          model.getMethod("fromJson", String.class).invoke(null, manifest.json().toString());
      return changes(manifest.json(), MAPPER.readTree(JSON.serialize(read)), "");
    } catch (ReflectiveOperationException invalid) {
      return List.of(String.valueOf(invalid.getCause() == null ? invalid : invalid.getCause()));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** A model reads leniently what has the wrong type, and then writes it as something else. */
  private static List<String> changes(JsonNode given, JsonNode read, String path) {
    if (given.isContainerNode() && given.getNodeType() == read.getNodeType()) {
      return given.isObject()
          ? given.properties().stream()
              .flatMap(
                  one ->
                      changes(one.getValue(), read.path(one.getKey()), path + "/" + one.getKey())
                          .stream())
              .toList()
          : IntStream.range(0, given.size())
              .boxed()
              .flatMap(i -> changes(given.get(i), read.path(i), path + "/" + i).stream())
              .toList();
    }
    return given.equals(read) || isSameQuantity(given, read)
        ? List.of()
        : List.of("%s is %s, read as %s".formatted(path, given, read));
  }

  private static boolean isSameQuantity(JsonNode given, JsonNode read) {
    try {
      return given.isTextual() && new Quantity(given.asText()).equals(new Quantity(read.asText()));
    } catch (RuntimeException noQuantity) {
      return false;
    }
  }

  private static List<String> custom(Manifest manifest, JsonNode fields) {
    List<String> complaints = new ArrayList<>();
    Map<String, List<String>> values = new TreeMap<>();
    collect(manifest.spec(), "spec", values);
    Set<String> used = new HashSet<>();
    values.forEach(
        (path, found) -> {
          String field = fieldOf(path, fields);
          used.add(field);
          JsonNode pattern = fields.path(field);
          if (pattern.isMissingNode()) {
            complaints.add("no such field: " + path);
          }
          found.stream()
              .filter(value -> !value.matches(pattern.asText()))
              .forEach(value -> complaints.add(path + " is " + value));
        });
    fields
        .fieldNames()
        .forEachRemaining(
            field -> {
              if (!field.endsWith("?") && !used.contains(field)) {
                complaints.add("missing: " + field);
              }
            });
    return complaints;
  }

  private static String fieldOf(String path, JsonNode fields) {
    String parent = path.replaceFirst("matchLabels\\..*", "matchLabels.*");
    return fields.has(parent + "?") ? parent + "?" : parent;
  }

  private static void collect(JsonNode node, String path, Map<String, List<String>> values) {
    if (node.isObject()) {
      node.properties().forEach(one -> collect(one.getValue(), path + "." + one.getKey(), values));
    } else if (node.isArray()) {
      node.forEach(one -> collect(one, path + "[]", values));
    } else {
      values.computeIfAbsent(path, none -> new ArrayList<>()).add(node.asText());
    }
  }

  private static JsonNode custom() {
    try (var file = Schema.class.getResourceAsStream("/custom-resources.yaml")) {
      return new ObjectMapper(new YAMLFactory()).readTree(file);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
