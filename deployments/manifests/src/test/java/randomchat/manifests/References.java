package randomchat.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** ConfigMaps and Secrets with their keys, as they are or as an ExternalSecret will make them. */
final class References {

  private final Map<String, Collection<String>> configMaps;
  private final Map<String, Collection<String>> secrets;

  References(Cluster cluster) {
    configMaps = keysOf(cluster.ofKind("ConfigMap"));
    secrets = new HashMap<>(keysOf(cluster.ofKind("Secret")));
    for (Manifest external : cluster.ofKind("ExternalSecret")) {
      secrets.put(
          external.spec().at("/target/name").asText(),
          external.spec().path("data").findValuesAsText("secretKey"));
    }
  }

  private static Map<String, Collection<String>> keysOf(List<Manifest> manifests) {
    return manifests.stream()
        .collect(
            Collectors.toMap(
                Manifest::name, one -> Manifest.strings(one.json().path("data")).keySet()));
  }

  /** What a pod refers to and does not get; what is optional may be missing. */
  List<String> dangling(JsonNode pod) {
    List<String> dangling = new ArrayList<>();
    for (String field : List.of("configMapKeyRef", "configMapRef", "configMap")) {
      pod.findValues(field).forEach(one -> check(configMaps, field, one, dangling));
    }
    for (String field : List.of("secretKeyRef", "secretRef", "secret")) {
      pod.findValues(field).forEach(one -> check(secrets, field, one, dangling));
    }
    return dangling;
  }

  private static void check(
      Map<String, Collection<String>> known, String field, JsonNode one, List<String> dangling) {
    Collection<String> keys =
        known.get(one.path(field.equals("secret") ? "secretName" : "name").asText());
    JsonNode key = one.path("key");
    boolean there = keys != null && (key.isMissingNode() || keys.contains(key.asText()));
    if (!there && !one.path("optional").asBoolean()) {
      dangling.add(field + " " + one);
    }
  }
}
