package randomchat.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What stands behind a Service's name, or a door's. */
final class Backends {

  private Backends() {}

  /** The one workload that a Service selects. */
  static Manifest of(Cluster cluster, Manifest service) {
    var labels = Manifest.strings(service.spec().path("selector"));
    List<Manifest> selected =
        cluster.workloads().stream()
            .filter(one -> one.podLabels().entrySet().containsAll(labels.entrySet()))
            .toList();
    assertEquals(1, selected.size(), service + " selects " + selected);
    return selected.getFirst();
  }

  /** Whether host:port is a Service and one of its ports. */
  static boolean isThere(Cluster cluster, String address) {
    String[] parts = address.split(":");
    return cluster.find("Service", parts[0]).stream()
        .flatMap(service -> service.spec().path("ports").valueStream())
        .anyMatch(port -> port.path("port").asText().equals(parts[1]));
  }

  /** A port is said by its name or by its number. */
  static void assertPort(Cluster cluster, JsonNode service, JsonNode port) {
    assertEquals("gateway", service.asText());
    assertTrue(
        cluster
            .find("Service", service.asText())
            .orElseThrow()
            .spec()
            .path("ports")
            .valueStream()
            .anyMatch(one -> one.path("name").equals(port) || one.path("port").equals(port)),
        "gateway has no port " + port);
  }

  /** The listener exists and, where a host name is given, is for it. */
  static void assertListener(Cluster cluster, JsonNode parent, String host) {
    assertTrue(
        cluster.find("Gateway", parent.path("name").asText()).stream()
            .flatMap(gateway -> gateway.spec().path("listeners").valueStream())
            .filter(one -> one.path("name").equals(parent.path("sectionName")))
            .anyMatch(one -> host.isEmpty() || one.path("hostname").asText().equals(host)),
        "no listener for " + parent);
  }
}
