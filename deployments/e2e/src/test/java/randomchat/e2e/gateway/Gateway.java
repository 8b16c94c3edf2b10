package randomchat.e2e.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import randomchat.e2e.system.RandomChat;
import randomchat.kit.testing.Contract;
import randomchat.kit.testing.RedisServer;

/** A second gateway, rendered as a deployment does it, in front of whatever a test has. */
public final class Gateway implements AutoCloseable {

  private final Path folder;
  private final int port;
  private final Nginx nginx;

  /**
   * @param variables those of render.sh; the port and the host are chosen here
   */
  public Gateway(Map<String, String> variables) {
    port = RedisServer.freePort();
    Map<String, String> all = new HashMap<>(variables);
    all.put("GATEWAY_HOST", "127.0.0.1");
    all.put("GATEWAY_PORT", "" + port);
    all.put("GATEWAY_WORKERS", "1");
    try {
      Path parent = Files.createDirectories(RandomChat.target().resolve("gateways"));
      folder = Files.createTempDirectory(parent, "gateway");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Path render = Contract.root().resolve("deployments/gateway/render.sh");
    Nginx.run("'" + render + "' \"$FOLDER\"", folder, all);
    nginx = new Nginx(folder, port);
  }

  /** The variables that name the processes of a running system. */
  public static Map<String, String> upstreams(RandomChat system) {
    Map<String, String> variables = new HashMap<>();
    for (String kind : new String[] {"chat", "match", "user", "uploader"}) {
      String addresses =
          system.partsOf(kind).stream()
              .map(part -> "127.0.0.1:" + part.port())
              .collect(Collectors.joining(","));
      variables.put(kind.toUpperCase(java.util.Locale.ROOT) + "_UPSTREAMS", addresses);
    }
    variables.put("S3_ENDPOINT", system.part("store").origin());
    variables.put("S3_BUCKET", system.bucket());
    return variables;
  }

  /** The variables for one address that stands for every service and for the store. */
  public static Map<String, String> onlyUpstream(int port) {
    String address = "127.0.0.1:" + port;
    return Map.of(
        "CHAT_UPSTREAMS",
        address,
        "MATCH_UPSTREAMS",
        address,
        "USER_UPSTREAMS",
        address,
        "UPLOADER_UPSTREAMS",
        address,
        "S3_ENDPOINT",
        "http://" + address);
  }

  public int port() {
    return port;
  }

  public String origin() {
    return "http://localhost:" + port;
  }

  public AccessLog accessLog() {
    return new AccessLog(folder.resolve("logs/access.log"));
  }

  public Path logs() {
    return folder.resolve("logs");
  }

  @Override
  public void close() {
    nginx.close();
  }
}
