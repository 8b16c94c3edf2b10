package randomchat.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import randomchat.kit.testing.NativeReflection;
import randomchat.kit.testing.RedisServer;
import randomchat.kit.testing.ServiceProcess;

/** The packaged service, started with nothing but its variables. */
class PackagedIT {

  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  @Test
  void withoutRedisAtItsStart_itWaitsForIt() {
    try (RedisServer redis = RedisServer.start()) {
      redis.kill();
      try (ServiceProcess service =
          ServiceProcess.start(
              Map.of("JWT_SECRET", SECRET, "REDIS_ADDRS", redis.address(), "SWAG", "true"))) {
        service.awaitAlive();
        assertEquals(503, service.get(service.managementUrl("/q/health/ready")).statusCode());
        HttpResponse<String> refused = create(service);
        assertEquals(503, refused.statusCode());
        assertTrue(refused.headers().firstValue("Retry-After").isPresent());
        assertFalse(refused.body().contains("Exception"), refused.body());

        redis.restart();
        service.awaitReady();
        assertEquals(201, create(service).statusCode());
        assertEquals(404, service.get(service.url("/q/health/ready")).statusCode());
        assertEquals(404, service.get(service.url("/q/metrics")).statusCode());
        assertEquals(200, service.get(service.managementUrl("/q/metrics")).statusCode());
        theApiIsDocumented(service);
      }
    }
  }

  private static void theApiIsDocumented(ServiceProcess service) {
    HttpResponse<String> openApi = service.get(service.url("/api/user/openapi"));
    assertEquals(200, openApi.statusCode());
    assertTrue(openApi.body().contains("/api/user/me"), openApi.body());
    assertEquals(200, service.get(service.url("/api/user/swagger-ui/")).statusCode());
  }

  private static HttpResponse<String> create(ServiceProcess service) {
    return service.send(
        HttpRequest.newBuilder(service.url("/api/user"))
            .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"Ann\"}"))
            .build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "JWT_SECRET|short|JWT_SECRET must have at least 32 bytes, but has 5",
        "REDIS_EXPIRATION_HOURS|0|REDIS_EXPIRATION_HOURS must be a whole number from 1 to 8760, but is '0'",
        "HTTP_PORT|x|HTTP_PORT must be a whole number from 0 to 65535, but is 'x'",
        "LOG_FORMAT|xml|LOG_FORMAT must be text or json, but is 'xml'",
        "OTEL_EXPORTER_OTLP_ENDPOINT|collector|OTEL_EXPORTER_OTLP_ENDPOINT must be a URL such as http://collector:4318, but is 'collector'",
      })
  void aWrongValue_stopsTheStart_andIsNamedWithItsRange(
      String variable, String value, String message) {
    Map<String, String> variables = new HashMap<>(Map.of("JWT_SECRET", SECRET));
    variables.put(variable, value);
    try (ServiceProcess service = ServiceProcess.start(variables)) {
      assertNotEquals(0, service.awaitExit());
      assertTrue(service.output().contains(message), service.output());
    }
  }

  @Test
  void everyRecordOfAnAnswer_isKnownToANativeImage() {
    assertEquals(
        Set.of(
            UserAnswer.class.getName(),
            NameAnswer.class.getName(),
            "randomchat.kit.problem.ProblemBody"),
        NativeReflection.records());
  }
}
