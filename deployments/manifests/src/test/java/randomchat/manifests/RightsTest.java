package randomchat.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kubernetes' Pod Security Standard `restricted`, and what we ask for beyond it. */
class RightsTest {

  private static final Set<String> VOLUMES =
      Set.of("configMap", "emptyDir", "secret", "projected", "persistentVolumeClaim");

  static Stream<Cluster> clusters() {
    return Cluster.all().stream();
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void noPod_runsAsRootOrSharesItsNode(Cluster cluster) {
    for (Manifest workload : cluster.workloads()) {
      JsonNode pod = workload.pod();
      JsonNode rights = pod.path("securityContext");
      String name = workload.toString();
      assertTrue(rights.path("runAsNonRoot").asBoolean(), name);
      assertTrue(rights.path("runAsUser").asInt() > 0, name);
      assertTrue(rights.path("runAsGroup").asInt() > 0, name);
      assertEquals("RuntimeDefault", rights.at("/seccompProfile/type").asText(), name);
      for (String shared : List.of("hostNetwork", "hostPID", "hostIPC")) {
        assertFalse(pod.path(shared).asBoolean(), name + " " + shared);
      }
      assertTrue(pod.findParents("hostPort").isEmpty(), name);
      for (JsonNode volume : pod.path("volumes")) {
        volume
            .fieldNames()
            .forEachRemaining(
                kind -> assertTrue(kind.equals("name") || VOLUMES.contains(kind), name + kind));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void noContainer_asksForRights_orWritesBesideItsVolumes(Cluster cluster) {
    for (Manifest workload : cluster.workloads()) {
      for (JsonNode container : workload.containers()) {
        JsonNode rights = container.path("securityContext");
        String name = workload + " " + container.path("name");
        assertEquals("false", rights.path("allowPrivilegeEscalation").asText(), name);
        assertEquals("true", rights.path("readOnlyRootFilesystem").asText(), name);
        assertEquals("[\"ALL\"]", rights.at("/capabilities/drop").toString(), name);
        assertEquals(
            Set.of("allowPrivilegeEscalation", "readOnlyRootFilesystem", "capabilities"),
            Manifest.strings(rights).keySet(),
            name);
        assertEquals(1, rights.path("capabilities").size(), name);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void everyContainer_saysWhatItNeeds_andHasABoundOfMemory(Cluster cluster) {
    for (Manifest workload : cluster.workloads()) {
      for (JsonNode container : workload.containers()) {
        JsonNode resources = container.path("resources");
        long requested = mebibytes(resources.at("/requests/memory"));
        assertFalse(resources.at("/requests/cpu").isMissingNode(), workload.toString());
        assertTrue(requested > 0, workload.toString());
        assertTrue(mebibytes(resources.at("/limits/memory")) >= requested, workload.toString());
      }
      for (JsonNode folder : workload.pod().findValues("emptyDir")) {
        assertTrue(mebibytes(folder.path("sizeLimit")) > 0, workload.toString());
      }
    }
  }

  private static long mebibytes(JsonNode quantity) {
    return quantity.asText().matches("\\d+Mi")
        ? Long.parseLong(quantity.asText().replace("Mi", ""))
        : -1;
  }
}
