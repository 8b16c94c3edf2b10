package randomchat.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Set;
import java.util.TreeSet;

/** The table of docs/architecture.md that says who connects to whom. */
final class Architecture {

  private static final String TRACES = "OTEL_EXPORTER_OTLP_ENDPOINT";
  private static final int UNUSED = -1; // port of what this cluster does not have

  private Architecture() {}

  /**
   * Its arrows as they are in one cluster: to a pod, or to the outside where the part lives there.
   */
  static Set<Arrow> arrows(Cluster cluster) {
    String text = ConfigurationTable.text(Cluster.ROOT.resolve("docs/architecture.md"));
    Set<Arrow> arrows = new TreeSet<>();
    for (String line : text.split("## Who connects to whom|## What is shared")[1].split("\n")) {
      String[] cells = line.split("\\|");
      if (cells.length == 3 && !cells[1].contains("---") && !cells[1].equals(" from ")) {
        for (String from : cells[1].split(",")) {
          for (String to : cells[2].replace("the management ports of", "").split(",")) {
            arrows.add(arrow(cluster, nameOf(from), nameOf(to)));
          }
        }
      }
    }
    boolean monitored =
        !cluster.ofKind("ServiceMonitor").isEmpty() || cluster.workload("prometheus").isPresent();
    arrows.removeIf(arrow -> arrow.from().equals("prometheus") && !monitored);
    arrows.removeIf(arrow -> arrow.port() == UNUSED);
    return arrows;
  }

  private static Arrow arrow(Cluster cluster, String from, String to) {
    if (cluster.workload(to).isEmpty()) {
      return new Arrow(from, Arrow.OUTSIDE, portOutside(cluster, to));
    }
    String port = to.equals("redis") ? "redis" : from.equals("prometheus") ? "management" : "http";
    JsonNode number = cluster.workload(to).orElseThrow().containerPort(port);
    return new Arrow(from, to, number.asInt());
  }

  private static int portOutside(Cluster cluster, String to) {
    return switch (to) {
      case "redis" ->
          Integer.parseInt(cluster.setting("settings", "REDIS_ADDRS").replaceFirst(".*:", ""));
      case "store" -> {
        URI endpoint = URI.create(cluster.setting("store-settings", "S3_ENDPOINT"));
        int usual = endpoint.getScheme().equals("https") ? 443 : 80;
        yield endpoint.getPort() == -1 ? usual : endpoint.getPort();
      }
      case "collector" -> URI.create(cluster.setting("settings", TRACES)).getPort();
      case "prometheus" -> UNUSED;
      default -> throw new AssertionError("nobody is called " + to);
    };
  }

  private static String nameOf(String part) {
    return switch (part.strip()) {
      case "browser" -> Arrow.OUTSIDE;
      case "object store" -> "store";
      case "Redis" -> "redis";
      case "Prometheus" -> "prometheus";
      case "Grafana" -> "grafana";
      case "collector of traces" -> "collector";
      case String other -> other.replace("-service", "");
    };
  }
}
