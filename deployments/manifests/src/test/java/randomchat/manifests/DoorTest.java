package randomchat.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What stands before the gateway leads to it, for the host that it has a certificate of. */
class DoorTest {

  static Stream<Cluster> clusters() {
    return Cluster.all().stream();
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void aDoor_leadsToTheGateway(Cluster cluster) {
    for (Manifest ingress : cluster.ofKind("Ingress")) {
      for (JsonNode service : ingress.spec().findValues("service")) {
        Backends.assertPort(cluster, service.path("name"), service.at("/port/name"));
      }
    }
    for (Manifest route : cluster.ofKind("HTTPRoute")) {
      for (JsonNode backends : route.spec().findValues("backendRefs")) {
        backends.forEach(one -> Backends.assertPort(cluster, one.path("name"), one.path("port")));
      }
      for (JsonNode parent : route.spec().path("parentRefs")) {
        Backends.assertListener(cluster, parent, route.spec().at("/hostnames/0").asText());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void aCertificate_isMadeForTheDoorThatUsesIt(Cluster cluster) {
    for (Manifest certificate : cluster.ofKind("Certificate")) {
      JsonNode door = cluster.find("Gateway", "randomchat").orElseThrow().spec();
      String issuer = certificate.spec().at("/issuerRef/name").asText();
      assertTrue(cluster.find("Issuer", issuer).isPresent(), issuer);
      assertEquals(
          Set.copyOf(door.findValues("hostname")),
          certificate.spec().path("dnsNames").valueStream().collect(Collectors.toSet()));
      assertEquals(
          List.of(certificate.spec().path("secretName")),
          door.findValues("certificateRefs").stream().map(one -> one.at("/0/name")).toList());
    }
    for (Manifest issuer : cluster.ofKind("Issuer")) {
      for (JsonNode parents : issuer.spec().findValues("parentRefs")) {
        parents.forEach(parent -> Backends.assertListener(cluster, parent, ""));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void anAnnotationOfGoogles_namesAnObjectThatExists(Cluster cluster) {
    for (Manifest config : cluster.ofKind("BackendConfig")) {
      JsonNode service = cluster.find("Service", "gateway").orElseThrow().json();
      assertEquals(
          "{\"default\": \"%s\"}".formatted(config.name()),
          service.at("/metadata/annotations/cloud.google.com~1backend-config").asText());
      assertEquals(
          cluster.workload("gateway").orElseThrow().containerPort("http"),
          config.spec().at("/healthCheck/port"));
    }
    for (Manifest ingress : cluster.ofKind("Ingress")) {
      JsonNode notes = ingress.json().at("/metadata/annotations");
      for (var known :
          List.of(
              List.of("networking.gke.io/managed-certificates", "ManagedCertificate"),
              List.of("networking.gke.io/v1beta1.FrontendConfig", "FrontendConfig"))) {
        JsonNode name = notes.path(known.getFirst());
        assertTrue(
            name.isMissingNode() || cluster.find(known.getLast(), name.asText()).isPresent(),
            name.asText());
      }
    }
  }
}
