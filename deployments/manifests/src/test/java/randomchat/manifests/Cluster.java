package randomchat.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All objects that one {@code kubectl apply -k} makes: of each overlay, and of each component on
 * the base, so that also what no overlay has chosen is looked at.
 */
record Cluster(String name, List<Manifest> manifests) {

  static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final Path K8S = ROOT.resolve("k8s");
  private static final Path TRIALS = Path.of("target/kustomize");

  /** What a component needs beside the base to be whole, if it is not one of these itself. */
  private static final List<String> COMPANY = List.of("redis", "store", "external-secret");

  private static final Map<String, String> NEEDS = Map.of("cert-manager", "gateway-api");
  private static List<Cluster> all;

  static synchronized List<Cluster> all() {
    if (all == null) {
      all = Stream.concat(overlays(), components()).toList();
    }
    return all;
  }

  static Cluster overlay(String name) {
    return all().stream()
        .filter(one -> one.name.equals("overlay " + name))
        .findFirst()
        .orElseThrow();
  }

  private static Stream<Cluster> overlays() {
    return foldersOf("overlays").map(folder -> read("overlay " + folder.getFileName(), folder));
  }

  private static Stream<Cluster> components() {
    return foldersOf("components")
        .map(Path::getFileName)
        .map(Path::toString)
        .map(component -> read("component " + component, trial(component)));
  }

  private static Stream<Path> foldersOf(String kind) {
    try (Stream<Path> folders = Files.list(K8S.resolve(kind))) {
      return folders.sorted().toList().stream();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static Path trial(String component) {
    StringBuilder text = new StringBuilder("namespace: randomchat\nresources:\n");
    try {
      Path folder = Files.createDirectories(TRIALS.resolve(component)).toAbsolutePath();
      Path way = folder.relativize(K8S);
      text.append("  - %s/base\ncomponents:\n".formatted(way));
      Stream.of(COMPANY.stream(), Stream.ofNullable(NEEDS.get(component)), Stream.of(component))
          .flatMap(names -> names)
          .distinct()
          .forEach(name -> text.append("  - %s/components/%s\n".formatted(way, name)));
      Files.writeString(folder.resolve("kustomization.yaml"), text);
      return folder;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static Cluster read(String name, Path folder) {
    try (var documents =
        new ObjectMapper()
            .readerFor(JsonNode.class)
            .with(new YAMLFactory())
            .<JsonNode>readValues(Kustomize.build(folder))) {
      return new Cluster(name, documents.readAll().stream().map(Manifest::new).toList());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  List<Manifest> workloads() {
    return manifests.stream().filter(Manifest::isWorkload).toList();
  }

  /** The four services' Deployments. */
  List<Manifest> services() {
    return workloads().stream()
        .filter(one -> "service".equals(one.podLabels().get("app.kubernetes.io/component")))
        .toList();
  }

  List<Manifest> ofKind(String kind) {
    return manifests.stream().filter(one -> one.kind().equals(kind)).toList();
  }

  Optional<Manifest> find(String kind, String name) {
    return ofKind(kind).stream().filter(one -> one.name().equals(name)).findFirst();
  }

  Optional<Manifest> workload(String name) {
    return workloads().stream().filter(one -> one.name().equals(name)).findFirst();
  }

  List<Manifest> selected(JsonNode labelSelector) {
    return workloads().stream()
        .filter(workload -> Selector.of(labelSelector).matches(workload.podLabels()))
        .toList();
  }

  /** The value of a variable in the ConfigMap whose generated name starts so. */
  String setting(String configMap, String variable) {
    return ofKind("ConfigMap").stream()
        .filter(one -> one.name().startsWith(configMap))
        .map(one -> one.json().path("data").path(variable).asText())
        .findFirst()
        .orElseThrow();
  }

  @Override
  public String toString() {
    return name;
  }
}
