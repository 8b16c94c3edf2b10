package randomchat.match.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import randomchat.kit.testing.Await;
import randomchat.kit.testing.Scrape;

/** What an operator sees of matching. */
@QuarkusTest
class MetricsTest extends SocketTest {

  private static final String MATCHES = "randomchat_matches_total";
  private static final String REFUSED = "randomchat_upgrades_refused_total";

  @TestHTTPResource(value = "/metrics", management = true)
  URI metrics;

  private Scrape before;

  @BeforeEach
  void look() {
    before = Scrape.of(metrics);
  }

  private double since(String name, String... labels) {
    return Scrape.of(metrics).sum(name, labels) - before.sum(name, labels);
  }

  @Test
  void a_match_is_made_once_and_each_of_the_two_waited_for_it() {
    MatchClient anns = open(user());
    MatchClient bobs = open(user());
    anns.match();
    bobs.match();
    Await.until("a match is counted", () -> since(MATCHES, "outcome=\"made\"") == 1);
    Await.until("both have waited", () -> since("randomchat_time_to_match_seconds_count") == 2);
    assertTrue(since("randomchat_time_to_match_seconds_sum") < 60);
    assertTrue(since("randomchat_redis_roundtrip_seconds_count") > 0);
  }

  @Test
  void who_waits_is_in_the_pool_and_no_more_afterwards() {
    MatchClient anns = open(user());
    Await.until("the pool has one", () -> Scrape.of(metrics).sum("randomchat_pool_size") == 1);
    assertEquals(1, Scrape.of(metrics).sum("randomchat_sockets_open"));
    anns.close();
    Await.until("the pool is empty", () -> Scrape.of(metrics).sum("randomchat_pool_size") == 0);
  }

  @Test
  void a_pairing_that_one_does_not_answer_is_undone() {
    deaf(user());
    open(user());
    Await.until("it is undone", () -> since(MATCHES, "outcome=\"undone\"") >= 1);
    assertEquals(0, since(MATCHES, "outcome=\"made\""));
  }

  @Test
  void a_refused_upgrade_is_counted_by_its_reason() {
    String ann = user();
    assertEquals(401, MatchClient.status(uri("")));
    assertEquals(403, MatchClient.status(uri("uid=1"), "Cookie", "sid=" + sid(ann)));
    assertEquals(400, MatchClient.status(uri("lang=1"), "Cookie", "sid=" + sid(ann)));
    assertEquals(404, MatchClient.status(uri(""), "Cookie", "sid=" + sid("999")));
    for (String reason : new String[] {"unauthorized", "forbidden", "bad_request", "not_found"}) {
      assertEquals(1, since(REFUSED, "reason=\"" + reason + "\""), reason);
    }
    assertEquals(4, since(REFUSED));
  }
}
