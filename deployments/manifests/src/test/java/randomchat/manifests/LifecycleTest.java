package randomchat.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pods come and go without anything being lost. */
class LifecycleTest {

  /** Seconds that a service may need to end after its drain. */
  private static final int MARGIN = 15;

  static Stream<Cluster> clusters() {
    return Cluster.all().stream();
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void aServiceThatEnds_hasTimeToSendItsClientsAway(Cluster cluster) {
    int drain = Integer.parseInt(cluster.setting("settings", "DRAIN_SECONDS"));
    for (Manifest service : cluster.services()) {
      int pause = service.container().at("/lifecycle/preStop/sleep/seconds").asInt();
      int grace = service.pod().path("terminationGracePeriodSeconds").asInt();
      assertTrue(pause >= 2, service + " drains before the nodes know");
      assertTrue(grace >= pause + drain + MARGIN, service + " is killed after " + grace + " s");
    }
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void theGatewayThatEnds_outlivesItsWorkers(Cluster cluster) {
    Manifest gateway = cluster.workload("gateway").orElseThrow();
    String nginx =
        ConfigurationTable.text(Cluster.ROOT.resolve("deployments/gateway/nginx.conf.in"));
    int workers =
        Integer.parseInt(nginx.replaceFirst("(?s).*worker_shutdown_timeout (\\d+)s.*", "$1"));
    int pause = gateway.container().at("/lifecycle/preStop/sleep/seconds").asInt();

    assertTrue(pause >= 2);
    assertTrue(gateway.pod().path("terminationGracePeriodSeconds").asInt() >= pause + workers + 5);
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void aRollingUpdate_addsAPodBeforeItTakesOne(Cluster cluster) {
    for (Manifest deployment : cluster.ofKind("Deployment")) {
      JsonNode update = deployment.spec().at("/strategy/rollingUpdate");
      assertEquals(0, update.path("maxUnavailable").asInt(-1), deployment.toString());
      assertTrue(update.path("maxSurge").asInt() > 0, deployment.toString());
    }
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void onlyRedisDecidesOverReadiness_neverOverLife(Cluster cluster) {
    for (Manifest service : cluster.services()) {
      JsonNode container = service.container();
      for (String probe : List.of("startupProbe", "livenessProbe")) {
        assertEquals("/q/health/live", container.path(probe).at("/httpGet/path").asText());
      }
      assertEquals("/q/health/ready", container.at("/readinessProbe/httpGet/path").asText());
      assertEquals(
          Set.of("management"),
          container.findValues("httpGet").stream()
              .map(get -> get.path("port").asText())
              .collect(Collectors.toSet()));
    }
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void everyDeployment_hasABudgetThatLetsANodeBeEmptied(Cluster cluster) {
    Set<String> covered =
        cluster.ofKind("PodDisruptionBudget").stream()
            .map(
                budget -> {
                  assertEquals(1, budget.spec().path("maxUnavailable").asInt(), budget.name());
                  List<Manifest> pods = cluster.selected(budget.spec().path("selector"));
                  assertEquals(1, pods.size(), budget + " is for " + pods);
                  return pods.getFirst().name();
                })
            .collect(Collectors.toSet());

    assertEquals(names(cluster.ofKind("Deployment")), covered);
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void anAutoscaler_ownsTheNumberOfAWorkloadThatExists(Cluster cluster) {
    for (Manifest scaler : cluster.ofKind("HorizontalPodAutoscaler")) {
      JsonNode target = scaler.spec().path("scaleTargetRef");
      Manifest workload =
          cluster.find(target.path("kind").asText(), target.path("name").asText()).orElseThrow();
      assertEquals(workload.apiVersion(), target.path("apiVersion").asText());
      assertFalse(workload.spec().has("replicas"), workload + " says a number of its own");
      int least = scaler.spec().path("minReplicas").asInt();
      assertTrue(least >= 2 && scaler.spec().path("maxReplicas").asInt() > least);
      for (JsonNode metric : scaler.spec().path("metrics")) {
        if (metric.path("type").asText().equals("Pods")) {
          assertSocketsFit(cluster, metric.path("pods"));
        }
      }
    }
  }

  private static void assertSocketsFit(Cluster cluster, JsonNode metric) {
    int most = Integer.parseInt(cluster.setting("settings", "MAX_ALLOWED_CONNS"));
    assertEquals("randomchat_sockets_open", metric.at("/metric/name").asText());
    assertTrue(metric.at("/target/averageValue").asInt() <= most * 0.67);
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void aServiceOfSockets_hasMemoryForAllThatItAdmits(Cluster cluster) {
    int most = Integer.parseInt(cluster.setting("settings", "MAX_ALLOWED_CONNS"));
    for (String name : List.of("chat", "match")) {
      String limit =
          cluster.workload(name).orElseThrow().container().at("/resources/limits/memory").asText();
      int idle = 160; // MB, measured; and up to 25 KB a socket
      assertTrue(idle + most * 25 / 1000 < Integer.parseInt(limit.replace("Mi", "")) * 0.8, name);
    }
  }

  @Test
  void inProduction_everythingOfOursIsOfOneRelease() {
    Set<String> tags =
        Cluster.overlay("production").workloads().stream()
            .map(workload -> workload.container().path("image").asText())
            .map(image -> image.replaceFirst(".*/[^:]+:?", ""))
            .collect(Collectors.toSet());

    assertEquals(1, tags.size(), tags.toString());
    assertTrue(tags.iterator().next().matches("v\\d+\\.\\d+\\.\\d+.*"), tags.toString());
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void everyService_isADeploymentOfItsOwn_soThatEachScalesAlone(Cluster cluster) {
    Set<String> deployments = names(cluster.ofKind("Deployment"));
    if (cluster.workload("prometheus").isPresent()) {
      assertTrue(deployments.remove("grafana"));
    }
    assertEquals(Set.of("chat", "match", "uploader", "user", "gateway"), deployments);
  }

  private static Set<String> names(List<Manifest> manifests) {
    return manifests.stream().map(Manifest::name).collect(Collectors.toSet());
  }
}
