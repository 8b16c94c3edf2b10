package randomchat.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import randomchat.kit.testing.Line;
import randomchat.kit.testing.NativeReflection;
import randomchat.kit.testing.RedisServer;
import randomchat.kit.testing.ServiceProcess;

/** The packaged service, started with nothing but its variables. */
class PackagedIT {

  @Test
  void withoutRedisAtItsStart_itRefusesUntilRedisIsThere() {
    try (RedisServer redis = RedisServer.start()) {
      redis.kill();
      try (ServiceProcess service =
          ServiceProcess.start(
              Map.of(
                  "JWT_SECRET",
                  TestTokens.SECRET,
                  "REDIS_ADDRS",
                  redis.address(),
                  "MAX_ALLOWED_CONNS",
                  "1",
                  "SWAG",
                  "true"))) {
        service.awaitAlive();
        Room room = new Room(service.url("/"));
        assertEquals(503, service.get(service.managementUrl("/q/health/ready")).statusCode());
        for (String path : new String[] {"/api/chat/users", "/api/chat/forwardauth"}) {
          HttpResponse<String> refused = get(service, room, path);
          assertEquals(503, refused.statusCode());
          assertTrue(refused.headers().firstValue("Retry-After").isPresent());
          assertFalse(refused.body().contains("Exception"), refused.body());
        }
        assertEquals(503, upgrade(service, room));

        redis.restart();
        service.awaitReady();
        assertEquals(200, get(service, room, "/api/chat/users").statusCode());
        try (ChatClient ann = room.open(room.ann)) {
          ann.action("waiting");
          assertEquals(503, upgrade(service, room));
        }
        theApiIsDocumented(service);
      }
    }
  }

  private static int upgrade(ServiceProcess service, Room room) {
    URI url = service.url("/api/chat");
    try (Line client = new Line(url)) {
      int status = client.upgrade("/api/chat", "Authorization: Bearer " + room.token(room.ann));
      assertTrue(status != 503 || client.header("retry-after") != null);
      return status;
    }
  }

  private static HttpResponse<String> get(ServiceProcess service, Room room, String path) {
    return service.send(
        HttpRequest.newBuilder(service.url(path))
            .header("Authorization", "Bearer " + room.token(room.ann))
            .build());
  }

  private static void theApiIsDocumented(ServiceProcess service) {
    HttpResponse<String> openApi = service.get(service.url("/api/chat/openapi"));
    assertEquals(200, openApi.statusCode());
    assertTrue(openApi.body().contains("/api/chat/users"), openApi.body());
    assertEquals(200, service.get(service.url("/api/chat/swagger-ui/")).statusCode());
    assertEquals(200, service.get(service.managementUrl("/q/metrics")).statusCode());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MAX_MSGS|0|MAX_MSGS must be a whole number from 1 to 100000, but is '0'",
        "PAGE_SIZE|501|PAGE_SIZE must be at most MAX_MSGS, 500, but is 501",
      })
  void aWrongValue_stopsTheStart_andIsNamedWithItsRange(
      String variable, String value, String message) {
    Map<String, String> variables = new HashMap<>(Map.of("JWT_SECRET", TestTokens.SECRET));
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
            "randomchat.chat.channel.ChannelResource$UserIds",
            "randomchat.kit.problem.ProblemBody"),
        NativeReflection.records());
  }
}
