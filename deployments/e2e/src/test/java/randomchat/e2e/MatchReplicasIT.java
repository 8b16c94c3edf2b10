package randomchat.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import randomchat.e2e.client.Http;
import randomchat.e2e.client.Person;
import randomchat.e2e.client.Wire;
import randomchat.e2e.system.Cable;
import randomchat.e2e.system.Eventually;
import randomchat.e2e.system.Part;
import randomchat.e2e.system.RandomChat;
import randomchat.kit.testing.RedisTerminal;
import randomchat.kit.testing.TestTokens;

/**
 * Two who wait at different match replicas get one channel, also when a replica dies in between.
 */
@WholeSystem
final class MatchReplicasIT {

  private static final String MATCH = "/api/match";

  private final RandomChat system;
  private final RedisTerminal redis;
  private final Part first;
  private final Part second;
  private final Person ann;
  private final Person ben;

  MatchReplicasIT(RandomChat system) {
    this.system = system;
    redis = system.redis();
    first = system.part("match-1");
    second = system.part("match-2");
    String gateway = "http://127.0.0.1:" + system.port();
    ann = new Person(gateway, "Ann");
    ben = new Person(gateway, "Ben");
  }

  @AfterEach
  void leave() {
    ann.leave();
    redis.close();
  }

  @Test
  void two_who_wait_at_different_replicas_are_matched() {
    Wire ann1 = ann.http().openDeaf(MATCH);
    Wire ben1 = ben.http().openDeaf(MATCH);
    awaitPairing();
    assertNotEquals(ticket(ann, "replica"), ticket(ben, "replica"));
    ann1.listens();
    ben1.listens();

    assertOneChannel(token(ann1), token(ben1));
  }

  @Test
  void a_replica_killed_before_its_member_answered_costs_nobody_the_match() {
    at(first, ann);
    Wire ben1 = at(second, ben);
    String channel = awaitPairing();
    ben1.listens();
    awaitAccepted(channel, ben);
    first.kill();

    Wire ann2 = ann.http().open(MATCH, List.of());
    assertOneChannel(token(ann2), token(ben1));
    first.revive();
  }

  @Test
  void a_replica_killed_between_accept_and_hand_out_costs_nobody_the_match() {
    Wire ann1 = at(first, ann);
    Wire ben1 = at(second, ben);
    String channel = awaitPairing();
    ann1.listens();
    awaitAccepted(channel, ann);
    first.freeze(); // it has accepted, and will hand out nothing any more
    ben1.listens();
    JsonNode bens = token(ben1);
    assertEquals("1", redis.ask("EXISTS", inbox(ann)));
    first.kill();
    assertEquals(1006, ann1.closeCode());
    assertTrue(ann1.pending().isEmpty());

    Wire ann2 = ann.http().open(MATCH, List.of());
    JsonNode anns = token(ann2);
    assertEquals(channel, anns.get("channel_id").asText());
    assertOneChannel(anns, bens);
    first.revive();
  }

  @Test
  void a_token_that_nobody_confirmed_is_handed_out_again() {
    try (Cable cable = new Cable(first.port())) {
      Wire ann1 = ann.http().at(cable.origin().replace("localhost", "127.0.0.1")).openDeaf(MATCH);
      Wire ben1 = at(second, ben);
      String channel = awaitPairing();
      ann1.listens();
      awaitAccepted(channel, ann);
      cable.mute(); // whatever she answers from now on does not arrive
      ben1.listens();
      JsonNode bens = token(ben1);
      JsonNode lost = ann1.next(frame -> frame.has("access_token"));
      assertEquals("1", redis.ask("EXISTS", inbox(ann)));
      cable.cut();

      JsonNode anns = token(ann.http().open(MATCH, List.of()));
      assertEquals(lost.get("channel_id"), anns.get("channel_id"));
      assertOneChannel(anns, bens);
    }
  }

  private static Wire at(Part replica, Person person) {
    Http direct = person.http().at(replica.origin());
    return direct.openDeaf(MATCH);
  }

  /** The channel of the pairing of the two. */
  private String awaitPairing() {
    Eventually.is(
        "both are reserved",
        () -> "reserved".equals(ticket(ann, "state")) && "reserved".equals(ticket(ben, "state")));
    assertEquals(ticket(ann, "pairing"), ticket(ben, "pairing"));
    return ticket(ann, "pairing");
  }

  private void awaitAccepted(String channel, Person person) {
    String pairing = "{pool}:pairing:" + channel;
    Eventually.is(
        "accepted", () -> "1".equals(redis.ask("HGET", pairing, "accepted:" + person.id())));
  }

  private String ticket(Person person, String field) {
    return redis.ask("HGET", "{pool}:ticket:" + person.id(), field);
  }

  private static String inbox(Person person) {
    return "{pool}:inbox:" + person.id();
  }

  private static JsonNode token(Wire seeking) {
    JsonNode match = seeking.next(frame -> frame.has("access_token"));
    assertEquals(1000, seeking.closeCode());
    return match;
  }

  /** One token each, of the same channel, and nothing left that could be handed out again. */
  private void assertOneChannel(JsonNode anns, JsonNode bens) {
    ann.take(anns);
    ben.take(bens);
    JsonNode mine = TestTokens.claims(ann.token());
    JsonNode other = TestTokens.claims(ben.token());
    assertEquals(mine.get("channel_id"), other.get("channel_id"));
    assertEquals(ann.id(), mine.get("sub").asText());
    assertEquals(ben.id(), mine.get("peer").asText());
    assertEquals(ben.id(), other.get("sub").asText());
    assertEquals(mine.get("exp"), other.get("exp"));
    assertEquals("0", redis.ask("EXISTS", inbox(ann), inbox(ben)));

    Wire hers = ann.enter("0");
    Wire his = ben.enter("0");
    hers.text("we met", null);
    assertEquals("we met", his.next(0).get("payload").asText());
    hers.close();
    his.close();
  }
}
