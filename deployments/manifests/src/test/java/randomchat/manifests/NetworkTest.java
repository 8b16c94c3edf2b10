package randomchat.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each direction by itself is what the architecture says: neither is wide because the other is not.
 */
class NetworkTest {

  private static final int DNS = 53;

  static Stream<Cluster> clusters() {
    return Cluster.all().stream();
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void whatIsNotAllowed_isForbidden(Cluster cluster) {
    var all = cluster.find("NetworkPolicy", "default-deny").orElseThrow().spec();

    assertEquals("{}", all.path("podSelector").toString());
    assertEquals("[\"Ingress\",\"Egress\"]", all.path("policyTypes").toString());
    assertFalse(all.has("ingress") || all.has("egress"));
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void aPod_isAskedByThoseOfTheArchitectureAndNobodyElse(Cluster cluster) {
    Predicate<Arrow> toUs = arrow -> !arrow.to().equals(Arrow.OUTSIDE);

    assertEquals(only(Architecture.arrows(cluster), toUs), new Policies(cluster).ingress());
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void aPod_asksThoseOfTheArchitectureAndNobodyElse(Cluster cluster) {
    Set<String> pods = cluster.workloads().stream().map(Manifest::name).collect(Collectors.toSet());
    Predicate<Arrow> ofUs = arrow -> pods.contains(arrow.from());
    Set<Arrow> expected = only(Architecture.arrows(cluster), ofUs);
    // Whoever asks has to find.
    for (Arrow arrow : List.copyOf(expected)) {
      expected.add(new Arrow(arrow.from(), "dns", DNS));
    }

    assertEquals(expected, new Policies(cluster).egress());
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void aPolicy_isForPodsThatExist_andNamesBothItsDirections(Cluster cluster) {
    for (var policy : cluster.ofKind("NetworkPolicy")) {
      boolean ofCertManager = policy.name().equals("acme");
      assertEquals(
          ofCertManager,
          cluster.selected(policy.spec().path("podSelector")).isEmpty(),
          policy.name());
      Set<String> types =
          policy
              .spec()
              .path("policyTypes")
              .valueStream()
              .map(one -> one.asText())
              .collect(Collectors.toSet());
      for (String type : List.of("Ingress", "Egress")) {
        if (policy.spec().has(type.toLowerCase(Locale.ROOT))) {
          assertTrue(types.contains(type), policy.name());
        }
      }
    }
  }

  private static Set<Arrow> only(Set<Arrow> arrows, Predicate<Arrow> wanted) {
    return arrows.stream().filter(wanted).collect(Collectors.toCollection(TreeSet::new));
  }
}
