package randomchat.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import randomchat.e2e.system.RandomChat;

/**
 * What only Compose has, so it is no part of a usual run: {@code TEST_COMPOSE=true mvn … verify
 * -Dit.test=InContainers}.
 */
@WholeSystem
@Timeout(600)
final class InContainers {

  private final RandomChat system;
  private final Conversation conversation;

  InContainers(RandomChat system) {
    this.system = system;
    scale(3);
    this.conversation = Conversation.acrossReplicas(system);
  }

  @AfterEach
  void leave() {
    conversation.close();
    scale(2);
    system.findParts();
  }

  @Test
  void chat_is_scaled_alone_while_people_talk() {
    Set<String> before = containers();
    assertEquals(3, before.size());
    assertEquals(2, conversation.replicas(system));
    talkWhile(() -> scale(4));
    talkWhile(() -> scale(1));
    assertEquals(1, conversation.replicas(system));
    assertTrue(before.containsAll(containers()), "the one that is left was there before");
  }

  @Test
  void every_chat_container_is_replaced_while_people_talk_and_nothing_is_lost() {
    Set<String> before = containers();
    talkWhile(() -> system.script().done("upgrade", "chat"));
    Set<String> after = containers();
    assertEquals(3, after.size());
    after.retainAll(before);
    assertEquals(Set.of(), after, "all are new");
    assertTrue(conversation.connections() >= 4, "both had to move");
  }

  /** They go on as long as it takes; each round is one of the ledger. */
  private void talkWhile(Runnable happening) {
    FutureTask<Void> happens = new FutureTask<>(happening, null);
    Thread.ofVirtual().start(happens); // the common pool is what HTTP clients need
    do {
      conversation.losesNothingWhile(() -> {});
    } while (!happens.isDone());
    assertEquals(Future.State.SUCCESS, happens.state());
    conversation.losesNothingWhile(() -> {});
  }

  private void scale(int replicas) {
    List<String> command =
        List.of("compose", "up", "--detach", "--wait", "--no-recreate", "--no-deps", "--scale");
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of("chat=" + replicas, "chat"));
    system.script().done(all.toArray(String[]::new));
  }

  private Set<String> containers() {
    return new HashSet<>(system.script().done("compose", "ps", "--quiet", "chat").lines().toList());
  }
}
