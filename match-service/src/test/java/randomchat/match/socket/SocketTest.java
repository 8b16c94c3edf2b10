package randomchat.match.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import randomchat.kit.socket.Admission;
import randomchat.kit.testing.Await;
import randomchat.kit.testing.RedisResource;
import randomchat.kit.token.Claims;
import randomchat.kit.token.Tokens;

/** What tests over real sockets share: users, clients, and the Redis below. */
@QuarkusTestResource(RedisResource.class)
abstract class SocketTest {

  private static final AtomicLong IDS = new AtomicLong(1000);

  @TestHTTPResource("/api/match")
  URI http;

  @Inject Tokens tokens;
  @Inject Admission admission;
  @Inject RedisDataSource redis;

  private final List<MatchClient> clients = new ArrayList<>();

  @BeforeEach
  void flush() {
    redis.execute("FLUSHALL");
  }

  @AfterEach
  void leave() {
    assertEquals(List.of(), keysWithoutExpiry());
    clients.forEach(MatchClient::abort);
    Await.until("all sockets gone", () -> admission.open() == 0);
    clients.clear();
  }

  List<String> keysWithoutExpiry() {
    List<String> lasting = new ArrayList<>();
    for (var key : redis.execute("KEYS", "*")) {
      if (redis.execute("TTL", key.toString()).toLong() == -1) {
        lasting.add(key.toString());
      }
    }
    return lasting;
  }

  /** A new user that exists. */
  String user() {
    String id = String.valueOf(IDS.incrementAndGet());
    redis.execute("HSET", "user:{" + id + "}", "name", "Ann");
    redis.execute("EXPIRE", "user:{" + id + "}", "3600");
    return id;
  }

  String sid(String user) {
    Instant soon = Instant.now().plusSeconds(600);
    return tokens.sign("randomchat:user", user, Map.of("name", "Ann"), soon);
  }

  URI uri(String query) {
    String ws = http.toString().replaceFirst("http", "ws");
    return URI.create(query.isEmpty() ? ws : ws + "?" + query);
  }

  MatchClient open(String user) {
    return open(user, "");
  }

  MatchClient open(String user, String query) {
    return keep(MatchClient.open(uri(query), "Cookie", "sid=" + sid(user)));
  }

  MatchClient deaf(String user) {
    return keep(MatchClient.deaf(uri(""), "Cookie", "sid=" + sid(user)));
  }

  private MatchClient keep(MatchClient client) {
    clients.add(client);
    return client;
  }

  String state(String user) {
    var state = redis.execute("HGET", "{pool}:ticket:" + user, "state");
    return state == null ? "absent" : state.toString();
  }

  void awaitState(String user, String state) {
    Await.until(
        () -> user + " is " + state + ", not " + state(user), 15, () -> state(user).equals(state));
  }

  boolean exists(String key) {
    return redis.execute("EXISTS", key).toInteger() == 1;
  }

  void awaitKey(String key, boolean there) {
    Await.until(key + " is there: " + there, 15, () -> exists(key) == there);
  }

  /** The channel of a match, whose token must be this user's with that peer. */
  String channel(JsonObject match, String user, String peer) {
    Claims claims =
        tokens.verify(match.getString("access_token"), "randomchat:channel").orElseThrow();
    assertEquals(user, claims.subject());
    assertEquals(peer, claims.texts().get("peer"));
    assertEquals(match.getString("channel_id"), claims.texts().get("channel_id"));
    return match.getString("channel_id");
  }

  Instant expiry(JsonObject match) {
    return tokens
        .verify(match.getString("access_token"), "randomchat:channel")
        .orElseThrow()
        .expiresAt();
  }
}
