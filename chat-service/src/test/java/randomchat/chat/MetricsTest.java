package randomchat.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import randomchat.chat.channel.ChannelHistories;
import randomchat.chat.socket.SocketProbe;
import randomchat.kit.testing.Await;
import randomchat.kit.testing.Line;
import randomchat.kit.testing.RedisResource;
import randomchat.kit.testing.Scrape;

/** What an operator sees of conversations. */
@QuarkusTest
@WithTestResource(value = RedisResource.class, scope = TestResourceScope.GLOBAL)
class MetricsTest {

  @TestHTTPResource("/")
  URI http;

  @TestHTTPResource(value = "/metrics", management = true)
  URI metrics;

  @Inject RedisDataSource redis;
  @Inject SocketProbe sockets;
  @Inject ChannelHistories histories;

  private Room room;
  private Scrape before;

  @BeforeEach
  void newRoom() {
    Await.until("no socket is left", () -> sockets.open() == 0);
    room = new Room(http);
    before = Scrape.of(metrics);
  }

  private double since(String name, String... labels) {
    return Scrape.of(metrics).sum(name, labels) - before.sum(name, labels);
  }

  private void awaitSince(double least, String name, String... labels) {
    Await.until(name + " goes up", () -> since(name, labels) >= least);
  }

  @Test
  void aMessage_isPostedOnce_deliveredToBoth_andTimed() {
    try (ChatClient ann = room.open(room.ann);
        ChatClient bob = room.open(room.bob)) {
      ann.action("joined");
      bob.action("joined");
      assertEquals(2, Scrape.of(metrics).sum("randomchat_sockets_open"));
      for (int i = 1; i <= 3; i++) {
        ann.text("m" + i, "c:" + i);
        ann.next(0);
        bob.next(0);
      }
      awaitSince(3, "randomchat_messages_posted_total");
      assertEquals(3, since("randomchat_messages_posted_total"));
      assertEquals(6, since("randomchat_messages_delivered_total"));
      assertEquals(3, since("randomchat_delivery_latency_seconds_count"));
      assertEquals(3, since("randomchat_delivery_latency_seconds_bucket", "le=\"+Inf\""));
      assertTrue(since("randomchat_redis_roundtrip_seconds_count") >= 3);
      ann.text("m1", "c:1");
      ann.next(0);
      assertEquals(3, since("randomchat_messages_posted_total"), "a repeat is none");
    }
    try (ChatClient back = room.openSince(room.bob, "1")) {
      back.next(0);
      back.next(0);
      awaitSince(8, "randomchat_messages_delivered_total");
    }
    Await.until(
        "no socket is counted", () -> Scrape.of(metrics).sum("randomchat_sockets_open") == 0);
  }

  @Test
  void aRefusedUpgrade_isCountedByItsReason() {
    String refused = "randomchat_upgrades_refused_total";
    refuse(401, "");
    refuse(400, "&since=x");
    refuse(403, "&uid=1");
    try (Line client = new Line(http)) {
      assertEquals(403, client.upgrade("/api/chat", "Origin: https://evil.example"));
    }
    assertEquals(1, since(refused, "reason=\"unauthorized\""));
    assertEquals(1, since(refused, "reason=\"bad_request\""));
    assertEquals(1, since(refused, "reason=\"forbidden\""));
    assertEquals(1, since(refused, "reason=\"foreign_page\""));
    for (String reason : new String[] {"not_found", "full", "draining", "unavailable", "failed"}) {
      assertEquals(0, since(refused, "reason=\"" + reason + "\""));
    }
  }

  private void refuse(int status, String more) {
    String token = status == 401 ? "none" : room.token(room.ann);
    try (Line client = new Line(http)) {
      assertEquals(status, client.upgrade("/api/chat?access_token=" + token + more));
    }
  }

  @Test
  void aPositionThatTheTopicLeftOut_isAGapThatWasRepaired() {
    try (ChatClient ann = room.open(room.ann)) {
      ann.action("waiting");
      String position = "2 99999999999999 {}";
      redis.execute("SPUBLISH", "{" + room.id + "}:events", "m " + position);
      awaitSince(1, "randomchat_gaps_repaired_total");
      ann.text("goes on", "c:1");
      assertEquals("1", ann.next(0).get("message_id").asText());
    }
  }

  @Test
  void aClientThatReadsTooLittle_isAnOverflow() {
    try (Line slow = room.openRaw(room.bob);
        ChatClient ann = room.open(room.ann)) {
      ann.action("joined");
      histories.fill(room.id, room.ann, room.bob, 480, "x".repeat(16_000));
      awaitSince(1, "randomchat_outgoing_overflows_total");
    }
  }

  @Test
  void aTopicThatWasLost_isAResubscription() {
    try (ChatClient ann = room.open(room.ann)) {
      ann.action("waiting");
      redis.execute("CLIENT", "KILL", "TYPE", "pubsub");
      awaitSince(1, "randomchat_resubscriptions_total");
      ann.text("still here", "c:1");
      ann.next(0);
    }
  }
}
