package randomchat.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import randomchat.e2e.system.Eventually;
import randomchat.e2e.system.Part;
import randomchat.e2e.system.RandomChat;

/** Two members on two chat replicas: one conversation, whatever happens to what is between them. */
@WholeSystem
final class ChatReplicasIT {

  private final RandomChat system;
  private final Conversation conversation;

  ChatReplicasIT(RandomChat system) {
    this.system = system;
    this.conversation = Conversation.acrossReplicas(system);
  }

  @AfterEach
  void leave() {
    conversation.close();
  }

  @Test
  void members_on_different_replicas_hear_each_other() {
    assertEquals(2, conversation.replicas(system));
    conversation.losesNothingWhile(() -> {});
    assertEquals(2, conversation.replicas(system));
  }

  @Test
  void replicas_whose_subscription_is_killed_lose_nothing() {
    conversation.losesNothingWhile(
        () -> {
          for (int i = 0; i < 3; i++) {
            String killed = system.script().done("redis", "CLIENT", "KILL", "TYPE", "pubsub");
            assertTrue(Integer.parseInt(killed.strip()) > 0, "killed " + killed);
            Eventually.is("both subscribe again", () -> conversation.replicas(system) == 2);
          }
        });
    assertEquals(2, conversation.replicas(system));
    assertEquals(2, conversation.connections(), "nobody had to come again");
  }

  @Test
  void a_replica_that_is_asked_to_end_hands_its_members_over() {
    Part replica = system.part("chat-1");
    conversation.losesNothingWhile(replica::terminate);
    replica.awaitEnd();
    assertEquals(1, conversation.replicas(system));
    replica.revive();
  }

  @Test
  void a_replica_that_crashes_loses_nothing_that_was_acknowledged() {
    Part replica = system.part("chat-2");
    conversation.losesNothingWhile(replica::kill);
    replica.revive();
    conversation.losesNothingWhile(() -> {});
  }
}
