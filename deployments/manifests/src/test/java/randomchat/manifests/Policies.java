package randomchat.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the NetworkPolicies of a cluster let through, one direction at a time. */
final class Policies {

  private static final Map<String, String> NAMESPACES =
      Map.of("monitoring", "prometheus", "kube-system", "dns");

  private final Cluster cluster;

  Policies(Cluster cluster) {
    this.cluster = cluster;
  }

  /** What pods may open. */
  Set<Arrow> egress() {
    Set<Arrow> arrows = new TreeSet<>();
    rules(
        "egress",
        "to",
        (workload, peer, port) -> arrows.add(new Arrow(workload.name(), peer, port)));
    return arrows;
  }

  /** What pods may be asked. */
  Set<Arrow> ingress() {
    Set<Arrow> arrows = new TreeSet<>();
    rules(
        "ingress",
        "from",
        (workload, peer, port) -> arrows.add(new Arrow(peer, workload.name(), port)));
    return arrows;
  }

  private interface Rule {
    void allows(Manifest workload, String peer, int port);
  }

  private void rules(String direction, String peers, Rule rule) {
    for (Manifest policy : cluster.ofKind("NetworkPolicy")) {
      for (Manifest workload : cluster.selected(policy.spec().path("podSelector"))) {
        for (JsonNode one : policy.spec().path(direction)) {
          peersOf(one.path(peers))
              .forEach(
                  peer ->
                      portsOf(workload, one).forEach(port -> rule.allows(workload, peer, port)));
        }
      }
    }
  }

  /** A name is one of the pod's own; a rule without ports is for all, which nobody expects. */
  private static List<Integer> portsOf(Manifest workload, JsonNode rule) {
    return rule.has("ports")
        ? rule.path("ports")
            .valueStream()
            .map(port -> port.path("port"))
            .map(port -> port.isTextual() ? workload.containerPort(port.asText()) : port)
            .map(port -> port.asInt(-1))
            .toList()
        : List.of(-1);
  }

  private Stream<String> peersOf(JsonNode peers) {
    return peers.isEmpty() ? Stream.of(Arrow.OUTSIDE) : peers.valueStream().flatMap(this::peer);
  }

  private Stream<String> peer(JsonNode peer) {
    if (peer.has("ipBlock")) {
      boolean cacheOfNode = peer.at("/ipBlock/cidr").asText().equals("169.254.20.10/32");
      return Stream.of(cacheOfNode ? "dns" : Arrow.OUTSIDE);
    }
    if (peer.has("namespaceSelector")) {
      String namespace =
          peer.at("/namespaceSelector/matchLabels/kubernetes.io~1metadata.name").asText();
      return Stream.of(NAMESPACES.getOrDefault(namespace, Arrow.OUTSIDE));
    }
    return cluster.selected(peer.path("podSelector")).stream().map(Manifest::name);
  }
}
