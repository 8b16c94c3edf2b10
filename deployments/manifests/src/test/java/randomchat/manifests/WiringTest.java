package randomchat.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names that point at something point at something that is there. */
class WiringTest {

  static Stream<Cluster> clusters() {
    return Cluster.all().stream();
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void aWorkload_selectsItsOwnPodsAndNoOthers(Cluster cluster) {
    for (Manifest workload : cluster.workloads()) {
      List<Manifest> own = List.of(workload);
      assertEquals(own, cluster.selected(workload.spec().path("selector")), workload.toString());
      for (JsonNode spread : workload.pod().path("topologySpreadConstraints")) {
        assertEquals(own, cluster.selected(spread.path("labelSelector")), workload.toString());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void aService_leadsToPortsOfOneWorkload(Cluster cluster) {
    for (Manifest service : cluster.ofKind("Service")) {
      Manifest workload = Backends.of(cluster, service);
      assertEquals(service.name(), workload.name());
      for (JsonNode port : service.spec().path("ports")) {
        int inside = workload.containerPort(port.path("targetPort").asText()).asInt(-1);
        assertEquals(port.path("port").asInt(), inside, service + " " + port);
      }
    }
    for (Manifest set : cluster.ofKind("StatefulSet")) {
      assertTrue(cluster.find("Service", set.spec().path("serviceName").asText()).isPresent());
    }
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void aProbe_asksAPortThatItsContainerHas(Cluster cluster) {
    for (Manifest workload : cluster.workloads()) {
      for (JsonNode container : workload.containers()) {
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
          JsonNode asked = container.path(probe);
          assertTrue(asked.isObject(), workload + " has no " + probe);
          for (JsonNode port : asked.findValues("port")) {
            assertTrue(workload.containerPort(port.asText()).isInt(), workload + " " + asked);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void aMount_hasItsVolume_andAVolumeItsMount(Cluster cluster) {
    for (Manifest workload : cluster.workloads()) {
      Set<String> volumes =
          Stream.concat(
                  workload.pod().path("volumes").valueStream().map(one -> one.path("name")),
                  workload
                      .spec()
                      .path("volumeClaimTemplates")
                      .valueStream()
                      .map(one -> one.at("/metadata/name")))
              .map(JsonNode::asText)
              .collect(Collectors.toCollection(TreeSet::new));
      Set<String> mounted =
          workload.containers().stream()
              .flatMap(container -> container.path("volumeMounts").valueStream())
              .map(mount -> mount.path("name").asText())
              .collect(Collectors.toCollection(TreeSet::new));
      assertEquals(volumes, mounted, workload.toString());
    }
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void aReference_namesAnObjectAndAKeyThatExist(Cluster cluster) {
    References references = new References(cluster);
    List<String> dangling =
        cluster.workloads().stream()
            .flatMap(
                workload ->
                    references.dangling(workload.pod()).stream()
                        .map(what -> workload + ": " + what))
            .toList();

    assertEquals(List.of(), dangling);
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void aPod_hasAServiceAccountOfItsOwn_withoutAToken(Cluster cluster) {
    for (Manifest workload : cluster.workloads()) {
      String account = workload.pod().path("serviceAccountName").asText();
      Manifest made = cluster.find("ServiceAccount", account).orElseThrow();
      assertEquals(workload.name(), account);
      assertEquals("false", workload.pod().path("automountServiceAccountToken").asText());
      assertEquals("false", made.json().path("automountServiceAccountToken").asText());
    }
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void aHostNameInTheSettings_isAServiceWithThatPort(Cluster cluster) {
    List<String> addresses =
        Stream.of("CHAT", "MATCH", "UPLOADER", "USER")
            .map(service -> cluster.setting("gateway-settings", service + "_UPSTREAMS"))
            .toList();
    for (String address : addresses) {
      assertTrue(Backends.isThere(cluster, address), address);
    }
    String redis = cluster.setting("settings", "REDIS_ADDRS");
    String store = cluster.setting("store-settings", "S3_ENDPOINT").replaceFirst("https?://", "");
    for (String address : List.of(redis, store)) {
      boolean outside = address.contains(".");
      assertTrue(outside || Backends.isThere(cluster, address), address);
    }
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void aPrometheus_asksEveryPodOfEveryServiceByName(Cluster cluster) {
    if (cluster.workload("prometheus").isEmpty()) {
      return;
    }
    var jobs =
        Pattern.compile(
                "job_name: (\\w+)-service\\s+metrics_path: (\\S+)\\s.*?names: \\[(\\w+)], type: A, port: (\\d+)")
            .matcher(cluster.setting("prometheus-settings", "prometheus.yml"))
            .results()
            .toList();
    assertEquals(4, jobs.size());
    for (MatchResult job : jobs) {
      assertEquals(job.group(1), job.group(3));
      assertEquals("/q/metrics", job.group(2));
      Manifest service = cluster.find("Service", job.group(3)).orElseThrow();
      assertEquals("None", service.spec().path("clusterIP").asText(), "one name, all pods");
      assertTrue(Backends.isThere(cluster, job.group(3) + ":" + job.group(4)), job.group());
    }
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void aServiceMonitor_findsEveryServiceThatHasMetrics_andNoOther(Cluster cluster) {
    for (Manifest monitor : cluster.ofKind("ServiceMonitor")) {
      Selector selector = Selector.of(monitor.spec().path("selector"));
      String port = monitor.spec().at("/endpoints/0/port").asText();
      Set<String> found =
          cluster.ofKind("Service").stream()
              .filter(service -> selector.matches(service.labels()))
              .filter(service -> service.spec().findValuesAsText("name").contains(port))
              .map(Manifest::name)
              .collect(Collectors.toSet());

      assertEquals(Set.of("chat", "match", "uploader", "user"), found);
      assertEquals("/q/metrics", monitor.spec().at("/endpoints/0/path").asText());
    }
  }
}
