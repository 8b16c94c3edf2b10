package randomchat.match.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import randomchat.kit.testing.Line;

@QuarkusTest
class MatchingTest extends SocketTest {

  @Test
  void two_who_wait_get_one_channel_with_a_token_each() {
    String ann = user();
    String bob = user();
    MatchClient anns = open(ann);
    awaitState(ann, "waiting");
    MatchClient bobs = open(bob);
    JsonObject first = anns.match();
    JsonObject second = bobs.match();
    assertEquals(channel(first, ann, bob), channel(second, bob, ann));
    assertEquals(expiry(first), expiry(second));
    awaitKey("{pool}:inbox:" + ann, false);
    awaitKey("{pool}:inbox:" + bob, false);
  }

  @Test
  void ten_who_come_at_once_are_five_pairs() {
    String[] users = new String[10];
    MatchClient[] sockets = new MatchClient[10];
    for (int i = 0; i < 10; i++) {
      users[i] = user();
      sockets[i] = open(users[i], "uid=" + users[i]);
    }
    for (int i = 0; i < 10; i++) {
      JsonObject match = sockets[i].match();
      String peer =
          tokens
              .verify(match.getString("access_token"), "randomchat:channel")
              .orElseThrow()
              .texts()
              .get("peer");
      channel(match, users[i], peer);
      assertFalse(peer.equals(users[i]));
    }
  }

  @Test
  void a_common_interest_is_matched_before_the_line() {
    String ann = user();
    String bob = user();
    String eve = user();
    open(bob, "interests=music");
    awaitState(bob, "waiting");
    MatchClient eves = open(eve, "interests=Chess,go");
    awaitState(eve, "waiting");
    MatchClient anns = open(ann, "interests=chess&lang=en");
    assertEquals(channel(anns.match(), ann, eve), channel(eves.match(), eve, ann));
    assertEquals("waiting", state(bob));
  }

  @Test
  void without_a_common_interest_anybody_will_do_after_a_while() {
    String ann = user();
    String bob = user();
    MatchClient anns = open(ann, "interests=music");
    MatchClient bobs = open(bob, "interests=chess");
    awaitState(ann, "waiting");
    awaitState(bob, "waiting");
    assertEquals(channel(anns.match(), ann, bob), channel(bobs.match(), bob, ann));
  }

  @Test
  void who_asks_hears_the_position_and_nobody_else_hears_anything() {
    String ann = user();
    String bob = user();
    MatchClient anns = open(ann, "interests=a");
    awaitState(ann, "waiting");
    MatchClient bobs = open(bob, "interests=b&waiting=1");
    assertEquals(new JsonObject("{\"waiting\":{\"position\":2,\"online\":2}}"), bobs.frame());
    anns.assertNoFrame();
    anns.close();
    JsonObject next = bobs.frame(Duration.ofSeconds(5));
    assertEquals(new JsonObject("{\"waiting\":{\"position\":1,\"online\":1}}"), next);
  }

  @Test
  void a_close_frame_cancels_at_once() {
    String ann = user();
    open(ann).close();
    awaitState(ann, "gone");
    String bob = user();
    open(bob);
    awaitState(bob, "waiting");
    assertEquals(1, redis.execute("ZCARD", "{pool}:tickets").toInteger());
  }

  @Test
  void a_close_frame_without_a_code_cancels_too() throws Exception {
    String ann = user();
    try (Line raw = new Line(http)) {
      assertEquals(101, raw.upgrade(http.getPath(), "Cookie: sid=" + sid(ann)));
      awaitState(ann, "waiting");
      raw.send(Line.frame(Line.CLOSE, new byte[0])); // as a browser's close()
      awaitState(ann, "gone");
    }
  }

  @Test
  void who_was_cut_off_is_skipped_and_finds_the_place_kept() {
    String ann = user();
    MatchClient lost = open(ann, "interests=a");
    awaitState(ann, "waiting");
    String place = place(ann);
    lost.abort();
    awaitState(ann, "away");
    MatchClient again = open(ann, "interests=a");
    awaitState(ann, "waiting");
    assertEquals(place, place(ann));
    assertTrue(again.isOpen());
  }

  @Test
  void a_second_tab_takes_the_ticket_over_and_the_first_is_told() {
    String ann = user();
    String bob = user();
    MatchClient first = open(ann);
    awaitState(ann, "waiting");
    MatchClient second = open(ann);
    assertEquals(4503, first.closeCode());
    first.assertNoFrame();
    MatchClient bobs = open(bob);
    assertEquals(channel(second.match(), ann, bob), channel(bobs.match(), bob, ann));
  }

  @Test
  void a_second_tab_takes_a_pairing_in_progress_over() {
    String ann = user();
    String bob = user();
    MatchClient first = deaf(ann);
    awaitState(ann, "waiting");
    MatchClient bobs = open(bob);
    awaitState(ann, "reserved");
    MatchClient second = open(ann);
    assertEquals(channel(second.match(), ann, bob), channel(bobs.match(), bob, ann));
    first.listens();
    assertEquals(4503, first.closeCode());
    first.assertNoFrame();
  }

  @Test
  void who_does_not_answer_costs_the_other_nothing_but_a_moment() {
    String ann = user();
    String bob = user();
    String eve = user();
    MatchClient deaf = deaf(ann);
    awaitState(ann, "waiting");
    MatchClient bobs = open(bob);
    awaitState(bob, "reserved");
    String place = place(bob);
    awaitState(ann, "away");
    awaitState(bob, "waiting");
    assertEquals(place, place(bob));
    MatchClient eves = open(eve);
    assertEquals(channel(eves.match(), eve, bob), channel(bobs.match(), bob, eve));

    deaf.listens(); // its answers are late, and bring it back to the line
    awaitState(ann, "waiting");
    String fay = user();
    MatchClient fays = open(fay);
    assertEquals(channel(deaf.match(), ann, fay), channel(fays.match(), fay, ann));
  }

  @Test
  void who_never_answers_is_sent_away() {
    String ann = user();
    MatchClient deaf = deaf(ann);
    awaitState(ann, "waiting");
    awaitState(ann, "away");
    deaf.listens();
    assertEquals(4001, deaf.closeCode());
  }

  @Test
  void who_cancels_a_pairing_leaves_the_other_at_the_old_place() {
    String ann = user();
    String bob = user();
    MatchClient anns = deaf(ann);
    awaitState(ann, "waiting");
    MatchClient bobs = open(bob);
    awaitState(bob, "reserved");
    anns.close();
    awaitState(bob, "waiting");
    assertTrue(bobs.isOpen());
    bobs.assertNoFrame();
  }

  @Test
  void who_met_lately_meets_others_first_and_then_each_other() {
    String ann = user();
    String bob = user();
    String eve = user();
    MatchClient anns = open(ann);
    MatchClient bobs = open(bob);
    anns.match();
    bobs.match();
    anns = open(ann);
    awaitState(ann, "waiting");
    bobs = open(bob);
    awaitState(bob, "waiting");
    MatchClient eves = open(eve);
    assertEquals(channel(eves.match(), eve, ann), channel(anns.match(), ann, eve));
    anns = open(ann);
    assertEquals(channel(anns.match(), ann, bob), channel(bobs.match(), bob, ann));
  }

  @Test
  void a_flood_closes_with_4502_and_a_single_frame_does_not() {
    String ann = user();
    MatchClient chatty = open(ann);
    awaitState(ann, "waiting");
    chatty.send("{\"event\":0}");
    assertTrue(chatty.isOpen());
    for (int i = 0; i < 100; i++) {
      chatty.send("hello");
    }
    assertEquals(4502, chatty.closeCode());
    awaitState(ann, "gone");
  }

  @Test
  void a_large_frame_ends_only_the_socket_that_sent_it() {
    String ann = user();
    String bob = user();
    MatchClient anns = open(ann, "interests=a");
    MatchClient bobs = open(bob, "interests=b");
    awaitState(ann, "waiting");
    awaitState(bob, "waiting");
    anns.send("x".repeat(100_000));
    anns.closeCode();
    assertTrue(bobs.isOpen());
  }

  private String place(String user) {
    return redis.execute("HGET", "{pool}:ticket:" + user, "place").toString();
  }
}
