package randomchat.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a container's process finds in its environment.
 *
 * @param plain variables with the values that are written down or in a ConfigMap
 * @param named those of them, and of the Secrets', that the container names one by one
 * @param secret those that come from a Secret and must be there
 */
record Environment(Map<String, String> plain, Set<String> named, Set<String> secret) {

  static Environment of(Cluster cluster, JsonNode container) {
    Map<String, String> plain = new HashMap<>();
    for (JsonNode from : container.path("envFrom")) {
      plain.putAll(settings(cluster, from.at("/configMapRef/name").asText()));
    }
    Set<String> secret = new HashSet<>();
    for (JsonNode variable : container.path("env")) {
      String name = variable.path("name").asText();
      JsonNode setting = variable.at("/valueFrom/configMapKeyRef");
      JsonNode kept = variable.at("/valueFrom/secretKeyRef");
      if (variable.has("value")) {
        plain.put(name, variable.path("value").asText());
      } else if (setting.isObject()) {
        String map = setting.path("name").asText();
        plain.put(name, settings(cluster, map).get(setting.path("key").asText()));
      } else if (!kept.path("optional").asBoolean()) {
        secret.add(name);
      }
    }
    return new Environment(plain, namesOf(container), secret);
  }

  private static Set<String> namesOf(JsonNode container) {
    return container
        .path("env")
        .valueStream()
        .map(variable -> variable.path("name").asText())
        .collect(Collectors.toSet());
  }

  private static Map<String, String> settings(Cluster cluster, String configMap) {
    return Manifest.strings(cluster.find("ConfigMap", configMap).orElseThrow().json().path("data"));
  }
}
