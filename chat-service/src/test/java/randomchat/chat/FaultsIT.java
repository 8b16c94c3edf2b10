package randomchat.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import randomchat.kit.testing.Await;
import randomchat.kit.testing.Line;
import randomchat.kit.testing.RedisServer;
import randomchat.kit.testing.ServiceProcess;

/** Two replicas and one Redis, each of which fails in its turn: nothing that was said is lost. */
class FaultsIT {

  private static final int LEASE_SECONDS = 2;

  private static RedisServer redis;
  private static ServiceProcess one;
  private static ServiceProcess two;

  @BeforeAll
  static void start() {
    redis = RedisServer.start();
    one = replica();
    two = replica();
    one.awaitReady();
    two.awaitReady();
  }

  @AfterAll
  static void stop() {
    one.close();
    two.close();
    redis.close();
  }

  private static ServiceProcess replica() {
    return ServiceProcess.start(
        Map.of(
            "JWT_SECRET",
            TestTokens.SECRET,
            "REDIS_ADDRS",
            redis.address(),
            "LEASE_SECONDS",
            String.valueOf(LEASE_SECONDS),
            "MESSAGE_RATE",
            "10000",
            "MESSAGE_BURST",
            "10000",
            "DRAIN_SECONDS",
            "5"));
  }

  private static void ready() {
    one.awaitReady();
    two.awaitReady();
  }

  private static void pass(int seconds) {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    Await.until("the time is over", () -> System.nanoTime() > end);
  }

  /** Says m1, m2, …, with a fault in the middle; both hear all of it in order. */
  private static void converse(ChatClient speaker, ChatClient listener, int count, Runnable fault) {
    for (int i = 1; i <= count; i++) {
      speaker.text("m" + i, "c:" + i);
      if (i == count / 2) {
        fault.run();
      }
    }
    for (int i = 1; i <= count; i++) {
      JsonNode heard = listener.next(0);
      assertEquals("m" + i, heard.get("payload").asText());
      assertEquals(String.valueOf(i), heard.get("message_id").asText());
    }
    for (int i = 1; i <= count; i++) {
      assertEquals("m" + i, speaker.next(0).get("payload").asText());
    }
  }

  @Test
  void aLostTopicConnection_losesNothing() {
    Room room = new Room(one.url("/"));
    try (ChatClient ann = room.open(room.ann);
        ChatClient bob = room.openAt(two.url("/"), room.bob)) {
      ann.action("joined");
      converse(ann, bob, 200, () -> redis.tell("CLIENT KILL TYPE pubsub"));
    }
    ready();
  }

  @Test
  void aLostCommandConnection_losesNothing() {
    Room room = new Room(one.url("/"));
    try (ChatClient ann = room.open(room.ann);
        ChatClient bob = room.openAt(two.url("/"), room.bob)) {
      ann.action("joined");
      converse(ann, bob, 200, () -> redis.tell("CLIENT KILL TYPE normal"));
    }
    ready();
  }

  @Test
  void forgottenScripts_loseNothing() {
    Room room = new Room(one.url("/"));
    try (ChatClient ann = room.open(room.ann);
        ChatClient bob = room.openAt(two.url("/"), room.bob)) {
      ann.action("joined");
      converse(ann, bob, 200, () -> redis.tell("SCRIPT FLUSH"));
    }
  }

  @Test
  void aRedisThatComesBackEmpty_isANewHistory_andBothGoOn() {
    Room room = new Room(one.url("/"));
    try (ChatClient ann = room.open(room.ann);
        ChatClient bob = room.openAt(two.url("/"), room.bob)) {
      ann.action("joined");
      converse(ann, bob, 10, () -> {});
      bob.say("{\"event\":2,\"payload\":\"10\"}");
      ann.next(2);
      redis.kill();
      redis.restart();
      assertFalse(ChatClient.payload(ann.next(5)).get("recovered").asBoolean());
      assertFalse(ChatClient.payload(bob.next(5)).get("recovered").asBoolean());
      ready();
      ann.text("after", "c:11");
      JsonNode after = bob.next(0);
      assertEquals("1", after.get("message_id").asText());
      assertEquals("after", after.get("payload").asText());
      ann.next(0);
      bob.say("{\"event\":2,\"payload\":\"1\"}");
      assertEquals("1", ann.next(2).get("payload").asText());
      assertTrue(
          ann.pending().stream().noneMatch(f -> f.get("payload").asText().equals("offline")));
    }
  }

  @Test
  void whatIsUnavailable_holdsBackWhatComesAfterIt_untilItComesAgain() {
    Room room = new Room(one.url("/"));
    try (ChatClient ann = room.open(room.ann);
        ChatClient bob = room.openAt(two.url("/"), room.bob)) {
      ann.action("joined");
      redis.freeze();
      ann.text("m1", "c:1");
      ann.text("m2", "c:2");
      List<String> unavailable = new ArrayList<>();
      try {
        for (int i = 0; i < 2; i++) {
          JsonNode error = ann.next(4);
          assertEquals("unavailable", ChatClient.payload(error).get("code").asText());
          unavailable.add(error.get("key").asText());
        }
      } finally {
        redis.thaw();
      }
      assertEquals(List.of("c:1", "c:2"), unavailable);
      ready();
      ann.text("m3", "c:3");
      JsonNode held = ann.next(f -> f.get("event").asInt() == 4);
      assertEquals("c:3", held.get("key").asText());
      ann.text("m1", "c:1");
      ann.text("m2", "c:2");
      ann.text("m3", "c:3");
      for (int i = 1; i <= 3; i++) {
        assertEquals("m" + i, bob.next(0).get("payload").asText());
      }
      assertTrue(bob.pending().stream().noneMatch(f -> f.get("event").asInt() == 0));
    }
  }

  @Test
  void whatWasUnavailableAndIsStoredAfterAll_holdsBackNothingOnceItsEchoCame() {
    Room room = new Room(one.url("/"));
    try (ChatClient ann = room.open(room.ann)) {
      ann.text("m0", "c:1");
      ann.next(0);
      redis.freeze();
      ann.text("m1", "c:2"); // Redis takes it in, and does it once it goes on
      ann.text("m2", "c:3");
      try {
        assertEquals("c:2", ann.next(4).get("key").asText());
        assertEquals("c:3", ann.next(4).get("key").asText());
      } finally {
        redis.thaw();
      }
      assertEquals("c:2", ann.next(0).get("key").asText()); // which acknowledges it
      ready();
      ann.text("m3", "c:4");
      assertEquals("c:4", ann.next(4).get("key").asText());
      ann.text("m2", "c:3");
      ann.text("m3", "c:4");
      assertEquals("c:3", ann.next(0).get("key").asText());
      assertEquals("c:4", ann.next(0).get("key").asText());
    }
  }

  @Test
  void anOutageLongerThanALease_putsNobodyOffline() {
    Room room = new Room(one.url("/"));
    try (ChatClient ann = room.open(room.ann);
        ChatClient bob = room.openAt(two.url("/"), room.bob)) {
      ann.action("joined");
      bob.action("joined");
      // Renewals of one full lease, so that the leases of others could be declared over.
      pass(LEASE_SECONDS + 1);
      redis.freeze();
      pass(LEASE_SECONDS + 1);
      redis.thaw();
      ready();
      pass(LEASE_SECONDS);
      for (ChatClient client : List.of(ann, bob)) {
        assertTrue(
            client.pending().stream().noneMatch(f -> f.get("payload").asText().equals("offline")));
      }
      ann.text("x", "c:1");
      bob.next(0);
    }
  }

  @Test
  void whoIsSilent_isOffline_untilItIsHeardAgain() {
    Room room = new Room(one.url("/"));
    try (ChatClient ann = room.openAt(two.url("/"), room.ann);
        Line bob = room.openRaw(room.bob)) {
      ann.action("joined");
      long start = System.nanoTime();
      assertEquals(room.bob, ann.action("offline").get("user_id").asText());
      long seconds = (System.nanoTime() - start) / 1_000_000_000L;
      assertTrue(seconds <= LEASE_SECONDS + 5, "after " + seconds + " s");

      one.freeze(); // and can hear nobody
      try {
        pass(LEASE_SECONDS + 1);
      } finally {
        one.thaw();
      }
      pass(LEASE_SECONDS); // its leases are renewed
      assertTrue(ann.pending().stream().noneMatch(f -> f.get("payload").asText().equals("joined")));
      bob.send(Line.frame(Line.PONG, new byte[0]));
      assertEquals(room.bob, ann.action("joined").get("user_id").asText());
    }
  }

  @Test
  void aConversationWhoseRecordRedisLost_isStillOneOfTwo() throws Exception {
    Room room = new Room(one.url("/"));
    String complete = "HGET {" + room.id + "}:meta complete";
    try (ChatClient ann = room.open(room.ann)) {
      try (ChatClient bob = room.openAt(two.url("/"), room.bob)) {
        ann.action("joined");
        pass(LEASE_SECONDS); // a renewal saw both
        bob.leave();
      }
      redis.tell("FLUSHALL");
      Await.until("it is complete", () -> "1".equals(redis.tell(complete)));
    }
  }

  @Test
  void aKilledReplica_isNoticedByItsLeases() {
    Room room = new Room(one.url("/"));
    ServiceProcess three = replica();
    try (ChatClient ann = room.open(room.ann)) {
      three.awaitReady();
      ChatClient bob = room.openAt(three.url("/"), room.bob);
      ann.action("joined");
      // one must have renewed for a full lease before it may say who is gone
      long start = System.nanoTime();
      three.close(); // SIGKILL
      bob.close();
      assertEquals(room.bob, ann.action("offline").get("user_id").asText());
      long seconds = (System.nanoTime() - start) / 1_000_000_000L;
      assertTrue(seconds <= LEASE_SECONDS + 5, "after " + seconds + " s");
    } finally {
      three.close();
    }
  }

  @Test
  void aReplicaThatDrains_sendsItsClientsToAnother_andNothingIsLost() throws Exception {
    Room room = new Room(two.url("/"));
    ServiceProcess three = replica();
    three.awaitReady();
    try (ChatClient bob = room.open(room.bob);
        ChatClient ann = room.openAt(three.url("/"), room.ann)) {
      bob.action("joined");
      ann.text("m0", "c:0");
      String since = "1." + ann.next(0).get("time").asText();
      for (int i = 1; i <= 20; i++) {
        ann.text("m" + i, "c:" + i);
      }
      three.terminate();
      assertEquals(1012, ann.closeCode());
      try (ChatClient again = room.openSinceAt(two.url("/"), room.ann, since)) {
        assertTrue(ChatClient.payload(again.next(5)).get("recovered").asBoolean());
        for (int i = 1; i <= 20; i++) {
          again.text("m" + i, "c:" + i); // not all may have been taken before
        }
        for (int i = 0; i <= 20; i++) {
          assertEquals("m" + i, bob.next(0).get("payload").asText());
        }
        assertTrue(bob.pending().stream().noneMatch(f -> f.get("event").asInt() == 0));
      }
      assertTrue(three.awaitExit() >= 0);
    } finally {
      three.close();
    }
  }
}
