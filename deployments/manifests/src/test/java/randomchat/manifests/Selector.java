package randomchat.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** A label selector: an empty one matches everything, one that is absent nothing. */
record Selector(JsonNode json) {

  static Selector of(JsonNode json) {
    return new Selector(json);
  }

  boolean matches(Map<String, String> labels) {
    return !json.isMissingNode()
        && Manifest.strings(json.path("matchLabels")).entrySet().stream()
            .allMatch(wanted -> wanted.getValue().equals(labels.get(wanted.getKey())))
        && json.path("matchExpressions").valueStream().allMatch(one -> holds(one, labels));
  }

  private static boolean holds(JsonNode expression, Map<String, String> labels) {
    String label = labels.get(expression.path("key").asText());
    List<String> values = expression.path("values").valueStream().map(JsonNode::asText).toList();
    return switch (expression.path("operator").asText()) {
      case "In" -> values.contains(label);
      case "NotIn" -> !values.contains(label);
      case "Exists" -> label != null;
      case "DoesNotExist" -> label == null;
      default -> throw new AssertionError("no such operator: " + expression);
    };
  }
}
