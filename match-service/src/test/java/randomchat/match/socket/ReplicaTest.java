package randomchat.match.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import randomchat.kit.testing.Await;
import randomchat.match.pool.Acceptance;
import randomchat.match.pool.ChannelId;
import randomchat.match.pool.RealPool;
import randomchat.match.pool.Standing;

/** This replica beside another, which the test plays, and which dies where it hurts. */
@QuarkusTest
class ReplicaTest extends SocketTest {

  @ConfigProperty(name = "REDIS_ADDRS")
  String address;

  private RealPool other;

  @BeforeEach
  void start() {
    other = new RealPool(address);
  }

  @AfterEach
  void stop() {
    other.close();
  }

  @Test
  void members_on_two_replicas_are_matched() throws Exception {
    String ann = user();
    String bob = user();
    var heard = other.hear("other");
    other.join(ann, "far", "other");
    MatchClient bobs = open(bob);
    String[] reserved = heard.poll(5, TimeUnit.SECONDS).split(" ");
    assertEquals("reserved", reserved[0]);
    other.accept(ann, "far", new ChannelId(reserved[1]));
    String channel = channel(bobs.match(), bob, ann);
    assertEquals(reserved[1], channel);
    String[] matched = heard.poll(5, TimeUnit.SECONDS).split(" ");
    assertEquals(channel, matched[1]);
    assertEquals(bob, matched[2]);
  }

  @Test
  void a_tab_on_another_replica_takes_over() {
    String ann = user();
    MatchClient anns = open(ann);
    awaitState(ann, "waiting");
    assertInstanceOf(Standing.Waiting.class, other.join(ann, "far", "other"));
    assertEquals(4503, anns.closeCode());
    assertEquals("waiting", state(ann));
  }

  @Test
  void a_replica_that_dies_between_accept_and_hand_out_loses_no_match() throws Exception {
    String ann = user();
    String bob = user();
    var heard = other.hear("other");
    other.join(ann, "far", "other");
    MatchClient bobs = open(bob);
    ChannelId channel = new ChannelId(heard.poll(5, TimeUnit.SECONDS).split(" ")[1]);
    assertInstanceOf(Acceptance.class, other.accept(ann, "far", channel));
    JsonObject match = bobs.match();
    // nobody hands out at the other replica any more: its client comes here
    JsonObject late = open(ann).match();
    assertEquals(channel(match, bob, ann), channel(late, ann, bob));
    assertEquals(expiry(match), expiry(late));
    awaitKey("{pool}:inbox:" + ann, false);
  }

  @Test
  void a_replica_that_dies_before_its_member_answers_costs_the_other_a_moment() {
    String ann = user();
    String bob = user();
    String eve = user();
    other.join(ann, "far", "other");
    MatchClient bobs = open(bob);
    awaitState(bob, "reserved");
    awaitState(ann, "away");
    MatchClient eves = open(eve);
    assertEquals(channel(eves.match(), eve, bob), channel(bobs.match(), bob, eve));
  }

  @Test
  void a_match_whose_channel_has_ended_is_not_handed_out_again() {
    String ann = user();
    String bob = user();
    redis.execute("SET", "{pool}:inbox:" + ann, "77 " + bob + " 4000000000", "EX", "60");
    redis.execute("HSET", "{77}:meta", "state", "ended");
    redis.execute("EXPIRE", "{77}:meta", "60");
    MatchClient anns = open(ann);
    awaitState(ann, "waiting");
    awaitKey("{pool}:inbox:" + ann, false);
    MatchClient bobs = open(bob);
    assertEquals(channel(anns.match(), ann, bob), channel(bobs.match(), bob, ann));
  }

  @Test
  void a_match_that_was_sent_but_not_acknowledged_is_sent_again() {
    String ann = user();
    String bob = user();
    redis.execute("SET", "{pool}:inbox:" + ann, "78 " + bob + " 4000000000", "EX", "60");
    MatchClient deaf = deaf(ann);
    awaitState(ann, "matched");
    awaitKey("{pool}:inbox:" + ann, true);
    deaf.abort();
    MatchClient again = open(ann);
    assertEquals("78", channel(again.match(), ann, bob));
    awaitKey("{pool}:inbox:" + ann, false);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2_000})
  void the_dead_of_a_killed_replica_stand_in_nobody_s_way(int outageMillis) {
    for (int dead = 1; dead <= 350; dead++) {
      other.join("9" + dead, "far" + dead, "other");
      other.command("HSET", "{pool}:ticket:9" + dead, "lease", 1);
    }
    String ann = user();
    String bob = user();
    MatchClient anns = open(ann, "interests=a");
    awaitState(ann, "waiting");
    redis.execute("CLIENT", "PAUSE", String.valueOf(outageMillis));
    MatchClient bobs = open(bob);
    assertEquals(channel(anns.match(), ann, bob), channel(bobs.match(), bob, ann));
    String eve = user();
    open(eve); // who waits goes on looking, and takes out the dead that it meets
    Await.until(() -> "the line: " + line(), 15, () -> line().equals("[" + eve + "]"));
    awaitKey("{pool}:ticket:9350", false);
  }

  private String line() {
    return redis.execute("ZRANGE", "{pool}:tickets", "0", "-1").toString();
  }

  @Test
  void a_deaf_replica_finds_what_it_missed() {
    String ann = user();
    String bob = user();
    MatchClient anns = open(ann, "interests=a");
    awaitState(ann, "waiting");
    redis.execute("CLIENT", "KILL", "TYPE", "pubsub");
    MatchClient bobs = open(bob, "interests=a");
    assertEquals(channel(anns.match(), ann, bob), channel(bobs.match(), bob, ann));
    assertTrue(exists("{pool}:recent:" + ann));
  }
}
