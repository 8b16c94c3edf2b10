package randomchat.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One object, as it would be applied. */
record Manifest(JsonNode json) {

  String apiVersion() {
    return json.path("apiVersion").asText();
  }

  String kind() {
    return json.path("kind").asText();
  }

  String name() {
    return json.at("/metadata/name").asText();
  }

  Map<String, String> labels() {
    return strings(json.at("/metadata/labels"));
  }

  JsonNode spec() {
    return json.path("spec");
  }

  boolean isWorkload() {
    return kind().equals("Deployment") || kind().equals("StatefulSet");
  }

  /** Of a workload. */
  JsonNode pod() {
    return json.at("/spec/template/spec");
  }

  Map<String, String> podLabels() {
    return strings(json.at("/spec/template/metadata/labels"));
  }

  List<JsonNode> containers() {
    return Stream.of("initContainers", "containers")
        .flatMap(list -> pod().path(list).valueStream())
        .toList();
  }

  JsonNode container() {
    return containers().getFirst();
  }

  /** The port of that name in a workload's containers; missing when there is none. */
  JsonNode containerPort(String name) {
    return containers().stream()
        .flatMap(container -> container.path("ports").valueStream())
        .filter(port -> port.path("name").asText().equals(name))
        .map(port -> port.path("containerPort"))
        .findFirst()
        .orElse(MissingNode.getInstance());
  }

  static Map<String, String> strings(JsonNode object) {
    Map<String, String> strings = new HashMap<>();
    object.properties().forEach(entry -> strings.put(entry.getKey(), entry.getValue().asText()));
    return strings;
  }

  @Override
  public String toString() {
    return kind() + " " + name();
  }
}
