package randomchat.manifests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is set is what the programs read. */
class SettingsTest {

  private static final ConfigurationTable TABLE = new ConfigurationTable();

  /** Without these a program refuses to start, or could not reach what it needs. */
  private static final Map<String, Set<String>> NEEDED =
      Map.of(
          "chat", Set.of("JWT_SECRET"),
          "match", Set.of("JWT_SECRET"),
          "user", Set.of("JWT_SECRET"),
          "uploader", Set.of("JWT_SECRET", "S3_ACCESS_KEY", "S3_SECRET_KEY"));

  static Stream<Cluster> clusters() {
    return Cluster.all().stream();
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void aService_getsOnlyVariablesOfTheTable_withinTheirRanges(Cluster cluster) {
    List<String> wrong = new ArrayList<>();
    for (Manifest service : cluster.services()) {
      Environment environment = Environment.of(cluster, service.container());
      Stream.concat(environment.plain().keySet().stream(), environment.named().stream())
          .filter(variable -> !TABLE.has(variable))
          .forEach(variable -> wrong.add(service + ": nobody reads " + variable));
      environment
          .plain()
          .forEach(
              (variable, value) -> {
                if (!TABLE.allows(variable, value)) {
                  wrong.add(service + ": " + variable + "=" + value);
                }
              });
    }

    assertEquals(List.of(), wrong);
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void everyVariableOfTheServices_isReadByOneOfThem(Cluster cluster) {
    List<String> services = cluster.services().stream().map(Manifest::name).toList();
    for (Manifest service : cluster.services()) {
      Environment environment = Environment.of(cluster, service.container());
      for (String variable : environment.named()) {
        assertTrue(
            ConfigurationTable.isRead(service.name(), variable),
            service + " does not read " + variable);
      }
      for (String variable : environment.plain().keySet()) {
        assertTrue(
            services.stream().anyMatch(one -> ConfigurationTable.isRead(one, variable)), variable);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void aService_getsTheSecretsThatItNeeds(Cluster cluster) {
    assertEquals(4, cluster.services().size());
    for (Manifest service : cluster.services()) {
      Set<String> secrets = Environment.of(cluster, service.container()).secret();
      assertTrue(secrets.containsAll(NEEDED.get(service.name())), service + " gets " + secrets);
    }
    if (cluster.workload("redis").isPresent()) {
      for (Manifest service : cluster.services()) {
        assertTrue(
            Environment.of(cluster, service.container()).secret().contains("REDIS_PASSWORD"));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void aService_listensOnThePortsThatAreNamed(Cluster cluster) {
    for (Manifest service : cluster.services()) {
      int port = ConfigurationTable.defaultPort(service.name());
      assertEquals(port, service.containerPort("http").asInt(), service.toString());
      assertEquals(port + 1000, service.containerPort("management").asInt(), service.toString());
      assertEquals(
          "randomchat/%s-service".formatted(service.name()),
          service.container().path("image").asText().replaceFirst(":.*", ""));
    }
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void theGateway_isConfiguredByItsOwnScript(Cluster cluster, @TempDir Path folder)
      throws IOException, InterruptedException {
    Manifest gateway = cluster.workload("gateway").orElseThrow();
    Environment environment = Environment.of(cluster, gateway.container());
    List<String> unknown = new ArrayList<>(environment.plain().keySet());
    unknown.removeAll(ConfigurationTable.readBy("deployments/gateway/render.sh"));
    // Of the store's settings, what only a signer needs.
    unknown.remove("S3_REGION");

    assertEquals(List.of(), unknown);

    Path log = folder.resolve("log");
    ProcessBuilder render =
        new ProcessBuilder(
                Cluster.ROOT.resolve("deployments/gateway/render.sh").toString(),
                folder.resolve("gateway").toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    render.environment().putAll(environment.plain());
    assertEquals(0, render.start().waitFor(), Files.readString(log));
    String rendered = Files.readString(folder.resolve("gateway/listen.conf"));
    int port = gateway.containerPort("http").asInt();
    assertTrue(rendered.contains("listen 0.0.0.0:%d ".formatted(port)));
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void theStore_getsWhatItsScriptReads(Cluster cluster) {
    List<String> known = ConfigurationTable.readBy("deployments/s3/s3.sh");
    cluster
        .workload("store")
        .ifPresent(
            store -> {
              Environment environment = Environment.of(cluster, store.container());
              assertTrue(known.containsAll(environment.named()), environment.named().toString());
              assertEquals(Set.of("S3_ACCESS_KEY", "S3_SECRET_KEY"), environment.secret());
            });
  }

  @ParameterizedTest
  @MethodSource("clusters")
  void aSecretThatIsWrittenDown_saysThatItIsNoSecret(Cluster cluster) {
    for (Manifest secret : cluster.ofKind("Secret")) {
      assertEquals("overlay local", cluster.name());
      Manifest.strings(secret.json().path("data"))
          .forEach(
              (key, value) -> {
                String text = new String(Base64.getDecoder().decode(value));
                assertTrue(text.startsWith("an-unsafe-"), key);
                assertTrue(TABLE.allows(key, text), key);
              });
    }
  }
}
