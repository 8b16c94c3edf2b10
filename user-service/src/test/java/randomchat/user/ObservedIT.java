package randomchat.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import randomchat.kit.testing.Await;
import randomchat.kit.testing.RedisServer;
import randomchat.kit.testing.ServiceProcess;

/** What the packaged service tells of a request: in its log, and to a collector of traces. */
class ObservedIT {

  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final String REQUEST = "5f2ab18c7d3e4f60";
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private static Map<String, String> variables(RedisServer redis, String... more) {
    Map<String, String> variables = new HashMap<>();
    variables.put("JWT_SECRET", SECRET);
    variables.put("REDIS_ADDRS", redis.address());
    for (int i = 0; i < more.length; i += 2) {
      variables.put(more[i], more[i + 1]);
    }
    return variables;
  }

  /** Asks for a user whose record somebody has spoiled. */
  private static void fail(ServiceProcess service, RedisServer redis) throws IOException {
    HttpResponse<String> ann =
        service.send(
            HttpRequest.newBuilder(service.url("/api/user"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"Ann\"}"))
                .build());
    String key = "user:{" + new ObjectMapper().readTree(ann.body()).get("id").asText() + "}";
    redis.tell("DEL " + key);
    redis.tell("RPUSH " + key + " spoiled");
    HttpRequest request =
        HttpRequest.newBuilder(service.url("/api/user/me"))
            .header("Cookie", ann.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0])
            .header("X-Request-Id", REQUEST)
            .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
            .build();
    assertEquals(500, service.send(request).statusCode());
  }

  private static Optional<JsonNode> json(String line) {
    try {
      return Optional.of(new ObjectMapper().readTree(line));
    } catch (JsonProcessingException notJson) {
      return Optional.empty();
    }
  }

  @Test
  void aLineOfJson_hasTheIdOfItsRequest_andNoOtherLineHas() throws IOException {
    try (RedisServer redis = RedisServer.start();
        ServiceProcess service =
            ServiceProcess.start(variables(redis, "LOG_FORMAT", "json")).awaitReady()) {
      fail(service, redis);
      Await.until("the line is there", () -> service.output().contains(REQUEST));
      service.terminate();
      service.awaitExit();
      JsonNode failed =
          lines(service)
              .filter(line -> line.contains(REQUEST))
              .map(ObservedIT::line)
              .toList()
              .getFirst();
      assertEquals("a request failed", failed.get("message").asText());
      assertEquals("ERROR", failed.get("level").asText());
      assertEquals(REQUEST, failed.get("mdc").get("requestId").asText());
      assertEquals(1, lines(service).filter(line -> line.contains(REQUEST)).count());
      assertTrue(lines(service).allMatch(line -> json(line).isPresent()), service.output());
    }
  }

  private static Stream<String> lines(ServiceProcess service) {
    return service.output().lines().filter(line -> !line.startsWith("WARNING: ")); // the JVM's
  }

  private static JsonNode line(String text) {
    return json(text).orElseThrow();
  }

  @Test
  void aLineOfText_hasTheIdOfItsRequest() throws IOException {
    try (RedisServer redis = RedisServer.start();
        ServiceProcess service = ServiceProcess.start(variables(redis)).awaitReady()) {
      fail(service, redis);
      String expected = "] " + REQUEST + " a request failed";
      Await.until("the line is there", () -> service.output().contains(expected));
      assertFalse(service.output().contains(TRACE), "nothing is traced");
    }
  }

  @Test
  void aTrace_goesOnThroughTheRequestAndItsCommands_whenThereIsACollector() throws IOException {
    try (Collector collector = new Collector();
        RedisServer redis = RedisServer.start();
        ServiceProcess service =
            ServiceProcess.start(
                    variables(
                        redis,
                        "OTEL_EXPORTER_OTLP_ENDPOINT",
                        collector.url(),
                        "QUARKUS_OTEL_BSP_SCHEDULE_DELAY",
                        "100ms"))
                .awaitReady()) {
      fail(service, redis);
      byte[] id = HexFormat.of().parseHex(TRACE);
      String trace = new String(id, StandardCharsets.ISO_8859_1);
      Await.until("the request", () -> collector.heard(trace, "GET /api/user/me", "user-service"));
      Await.until("its command", () -> collector.heard(trace, "redis", "evalsha"));
    }
  }

  /** Takes traces in, as OTLP over HTTP. */
  private static final class Collector implements AutoCloseable {

    private final Queue<String> bodies = new ConcurrentLinkedQueue<>();
    private final HttpServer server;

    Collector() throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/v1/traces",
          exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            bodies.add(new String(body, StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
          });
      server.start();
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    boolean heard(String... parts) {
      return bodies.stream().anyMatch(body -> Stream.of(parts).allMatch(body::contains));
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
