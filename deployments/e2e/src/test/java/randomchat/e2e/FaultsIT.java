package randomchat.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.options.FilePayload;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import randomchat.e2e.browser.Browsers;
import randomchat.e2e.browser.Visitor;
import randomchat.e2e.client.Http;
import randomchat.e2e.client.Http.Answer;
import randomchat.e2e.client.Person;
import randomchat.e2e.system.Part;
import randomchat.e2e.system.RandomChat;

/** The store or Redis is down: a clear word to whoever asks, and nothing acknowledged is lost. */
@WholeSystem
final class FaultsIT {

  private static final Duration OUTAGE = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofSeconds(6); // of a caller, for an error

  private final RandomChat system;
  private final Browsers browsers;

  FaultsIT(RandomChat system, Browsers browsers) {
    this.system = system;
    this.browsers = browsers;
  }

  @Test
  void without_the_store_files_are_refused_and_the_conversation_goes_on() {
    Part store = system.part("store");
    Browsers.Pair pair = browsers.pair(system.origin());
    Visitor ann = pair.ann().networkMayFail();
    Person.Pair others = Person.pair(system.origin());
    others.one().history();
    store.dead(
        () -> {
          assertUnavailable(others.one().upload("hill.png", "image/png", Samples.picture()));
          ann.$("#file").setInputFiles(new FilePayload("hill.png", "image/png", Samples.picture()));
          assertThat(ann.$("#uploads li .error")).not().isEmpty();
          ann.say("that did not work");
          assertThat(pair.ben().message("that did not work")).isVisible();
        });
    system.part("uploader").awaitReady();
    ann.$("#uploads li .retry").click();
    assertThat(pair.ben().$("#messages img")).hasJSProperty("naturalWidth", 320);
    others.close();
  }

  @Test
  void a_crash_of_redis_loses_nothing_that_was_acknowledged() {
    Part redis = system.part("redis");
    try (Conversation conversation = Conversation.acrossReplicas(system)) {
      conversation.losesNothingWhile(
          () -> {
            long since = System.nanoTime();
            redis.dead(
                () -> {
                  refused(conversation.pair().one());
                  assertTrue(System.nanoTime() - since < 2 * PATIENCE.toNanos());
                  await(since);
                });
          });
      system.partsOf("chat").forEach(Part::awaitReady);
      system.partsOf("match").forEach(Part::awaitReady);
      system.part("user").awaitReady();
      conversation.losesNothingWhile(() -> {});
    }
    meetingWorks();
  }

  @Test
  void a_redis_that_hangs_loses_nothing_that_was_acknowledged() {
    Part redis = system.part("redis");
    try (Conversation conversation = Conversation.acrossReplicas(system)) {
      conversation.losesNothingWhile(
          () -> {
            long since = System.nanoTime();
            redis.frozen(() -> await(since));
          });
    }
    meetingWorks();
  }

  @Test
  void browsers_get_over_an_outage_of_redis() {
    Part redis = system.part("redis");
    Browsers.Pair pair = browsers.pair(system.origin());
    Visitor ann = pair.ann().networkMayFail();
    Visitor ben = pair.ben().networkMayFail();
    ann.say("before");
    assertThat(ben.message("before")).isVisible();
    assertThat(ann.pending()).hasCount(0);

    long since = System.nanoTime();
    redis.dead(
        () -> {
          ann.say("during");
          ben.say("meanwhile");
          assertThat(ann.pending()).hasCount(1);
          await(since);
        });

    for (Visitor visitor : List.of(ann, ben)) {
      assertThat(visitor.messages()).hasCount(3);
      assertThat(visitor.pending()).hasCount(0);
    }
    assertEquals(ann.texts(), ben.texts());
  }

  private void refused(Person ann) {
    assertUnavailable(new Http(system.origin()).post("/api/user", "{\"name\":\"Ann\"}"));
    String history = "/api/chat/channel/messages";
    assertUnavailable(ann.http().get(history, Http.bearer(ann.token())));
  }

  private void meetingWorks() {
    Person.pair(system.origin()).close();
  }

  /** The outage has its length: this is the fault itself, and no wait for a result. */
  private static void await(long since) {
    LockSupport.parkNanos(OUTAGE.toNanos() - (System.nanoTime() - since));
  }

  private static void assertUnavailable(Answer answer) {
    assertEquals(503, answer.status(), answer.text());
    assertFalse(answer.header("Retry-After").isEmpty(), "Retry-After");
    assertEquals(503, answer.json().get("status").asInt());
    assertFalse(answer.json().get("msg").asText().isEmpty());
  }
}
