package randomchat.match.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import randomchat.kit.testing.Await;
import randomchat.kit.testing.NativeReflection;
import randomchat.kit.testing.RedisServer;
import randomchat.kit.testing.ServiceProcess;
import randomchat.match.pool.RealPool;

/** The packaged service, started with nothing but its variables; two replicas where it matters. */
class PackagedIT {

  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  private RedisServer redis;
  private RealPool pool;

  @BeforeEach
  void start() {
    redis = RedisServer.start();
    pool = new RealPool(redis.address());
  }

  @AfterEach
  void stop() {
    pool.close();
    redis.close();
  }

  @Test
  void twoReplicas_areOnePool_andTheEndOfOneLosesNobody() {
    try (ServiceProcess one = replica();
        ServiceProcess other = replica()) {
      one.awaitReady();
      other.awaitReady();
      MatchClient anns = open(one, "1");
      awaitState("1", "waiting");
      MatchClient bobs = open(other, "2");
      assertEquals(channel(anns.match()), channel(bobs.match()));

      MatchClient first = open(one, "3");
      awaitState("3", "waiting");
      MatchClient second = open(other, "3");
      assertEquals(4503, first.closeCode());
      one.close();
      MatchClient eves = open(other, "4");
      assertEquals(channel(second.match()), channel(eves.match()));
      assertEquals(List.of(), pool.keysWithoutExpiry());
    }
  }

  @Test
  void whoWaitsOnAReplicaThatIsKilled_isOutOfTheWay_andComesBack() {
    try (ServiceProcess one = replica();
        ServiceProcess other = replica()) {
      one.awaitReady();
      other.awaitReady();
      open(one, "1");
      awaitState("1", "waiting");
      one.close();
      MatchClient bobs = open(other, "2"); // within a lease: paired with a ghost for 2 s
      awaitState("1", "away");
      awaitState("2", "waiting");
      MatchClient anns = open(other, "1");
      assertEquals(channel(anns.match()), channel(bobs.match()));
    }
  }

  @Test
  void aReplicaThatIsAskedToEnd_sendsItsSocketsAwayWith1012_andTheyKeepTheirPlace() {
    try (ServiceProcess one = replica("DRAIN_SECONDS", "2");
        ServiceProcess other = replica()) {
      one.awaitReady();
      other.awaitReady();
      MatchClient anns = open(one, "1");
      awaitState("1", "waiting");
      String place = field("1", "place");
      one.terminate();
      assertEquals(1012, anns.closeCode());
      open(other, "1");
      awaitState("1", "waiting");
      assertEquals(place, field("1", "place"));
      one.awaitExit();
    }
  }

  @Test
  void withoutRedisAtItsStart_itWaitsForIt() {
    redis.kill();
    try (ServiceProcess service = replica("SWAG", "true")) {
      service.awaitAlive();
      assertEquals(503, service.get(service.managementUrl("/q/health/ready")).statusCode());
      WebSocketHandshakeException refused =
          MatchClient.refusal(uri(service), "Cookie", "sid=" + sid("1"));
      assertEquals(503, refused.getResponse().statusCode());
      assertTrue(refused.getResponse().headers().firstValue("Retry-After").isPresent());
      redis.restart();
      service.awaitReady();
      Await.until("fresh", 15, () -> isUser("1"));
      MatchClient anns = open(service, "1");
      MatchClient bobs = open(service, "2");
      assertEquals(channel(anns.match()), channel(bobs.match()));
      String openApi = service.get(service.url("/api/match/openapi")).body();
      assertTrue(openApi.contains("/api/match/block"), openApi);
      assertEquals(200, service.get(service.url("/api/match/swagger-ui/")).statusCode());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "JWT_SECRET|short|JWT_SECRET must have at least 32 bytes, but has 5",
        "LEASE_SECONDS|1|LEASE_SECONDS must be a whole number from 2 to 300, but is '1'",
        "MAX_ALLOWED_CONNS|0|MAX_ALLOWED_CONNS must be a whole number from 1 to 1000000, but is '0'",
      })
  void aWrongValue_stopsTheStart_andIsNamedWithItsRange(
      String variable, String value, String message) {
    try (ServiceProcess service = replica(variable, value)) {
      assertNotEquals(0, service.awaitExit());
      assertTrue(service.output().contains(message), service.output());
    }
  }

  @Test
  void noRecordButTheErrorNeedsReflection() {
    assertEquals(Set.of("randomchat.kit.problem.ProblemBody"), NativeReflection.records());
  }

  private ServiceProcess replica(String... variable) {
    Map<String, String> variables =
        new HashMap<>(Map.of("JWT_SECRET", SECRET, "REDIS_ADDRS", redis.address()));
    if (variable.length > 0) {
      variables.put(variable[0], variable[1]);
    }
    return ServiceProcess.start(variables);
  }

  private MatchClient open(ServiceProcess replica, String user) {
    assertTrue(isUser(user));
    return MatchClient.open(uri(replica), "Cookie", "sid=" + sid(user));
  }

  private boolean isUser(String user) {
    try {
      pool.command("HSET", "user:{" + user + "}", "name", "Ann");
      return pool.command("EXPIRE", "user:{" + user + "}", 600).toInteger() == 1;
    } catch (RuntimeException notYet) {
      return false;
    }
  }

  private static URI uri(ServiceProcess replica) {
    return URI.create(replica.url("/api/match").toString().replaceFirst("http", "ws"));
  }

  private static String sid(String user) {
    byte[] secret = SECRET.getBytes(StandardCharsets.UTF_8);
    return Jwt.claims()
        .subject(user)
        .audience("randomchat:user")
        .expiresAt(Instant.now().plusSeconds(600))
        .jws()
        .algorithm(SignatureAlgorithm.HS256)
        .sign(new SecretKeySpec(secret, "HmacSHA256"));
  }

  private static String channel(JsonObject match) {
    return match.getString("channel_id");
  }

  private String field(String user, String field) {
    var value = pool.command("HGET", "{pool}:ticket:" + user, field);
    return value == null ? "" : value.toString();
  }

  private void awaitState(String user, String state) {
    Await.until(user + " is " + state, 15, () -> field(user, "state").equals(state));
  }
}
