package randomchat.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaTest {

  static Stream<Cluster> clusters() {
    return Cluster.all().stream();
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void everyObject_isWhatItsSchemaSays(Cluster cluster) {
    List<String> complaints =
        cluster.manifests().stream()
            .flatMap(one -> Schema.complaints(one).stream().map(what -> one + ": " + what))
            .toList();

    assertFalse(cluster.manifests().isEmpty());
    assertEquals(List.of(), complaints);
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void everyObject_isThereOnce_andInTheNamespaceThatIsMade(Cluster cluster) {
    List<String> names = cluster.manifests().stream().map(Manifest::toString).toList();
    List<String> elsewhere =
        cluster.manifests().stream()
            .filter(one -> !one.kind().equals("Namespace"))
            .filter(one -> !one.json().at("/metadata/namespace").asText().equals("randomchat"))
            .map(Manifest::toString)
            .toList();

    assertEquals(names.stream().distinct().toList(), names);
    assertEquals(List.of(), elsewhere);
    assertEquals(
        "restricted",
        cluster
            .find("Namespace", "randomchat")
            .orElseThrow()
            .labels()
            .get("pod-security.kubernetes.io/enforce"));
  }
}
