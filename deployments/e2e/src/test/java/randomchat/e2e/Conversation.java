package randomchat.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import randomchat.e2e.client.Person;
import randomchat.e2e.client.Talker;
import randomchat.e2e.system.RandomChat;
import randomchat.kit.testing.RedisTerminal;

/** Two scripted members on different chat replicas who talk while something happens. */
final class Conversation implements AutoCloseable {

  private static final int EACH = 100; // messages
  private static final int ATTEMPTS = 10; // to get the second member elsewhere than the first

  private final Person.Pair pair;
  private final Talker ann;
  private Talker ben;

  private Conversation(Person.Pair pair) {
    this.pair = pair;
    this.ann = new Talker(pair.one());
    this.ben = new Talker(pair.other());
  }

  static Conversation acrossReplicas(RandomChat system) {
    Conversation conversation = new Conversation(Person.pair(system.origin()));
    conversation.ann.awaitOpen();
    conversation.ben.awaitOpen();
    for (int i = 0; conversation.replicas(system) != 2; i++) {
      if (i == ATTEMPTS) {
        throw new AssertionError("both members are always on one replica");
      }
      conversation.ben.close();
      conversation.ben = new Talker(conversation.pair.other());
      conversation.ben.awaitOpen();
    }
    return conversation;
  }

  /** How many replicas follow the channel, because a member of it is there. */
  int replicas(RandomChat system) {
    try (RedisTerminal redis = system.redis()) {
      String counts = redis.ask("PUBSUB", "SHARDNUMSUB", "{" + channel() + "}:events");
      return Integer.parseInt(counts.lines().toList().getLast());
    }
  }

  String channel() {
    return pair.one().channel();
  }

  Person.Pair pair() {
    return pair;
  }

  /** Both talk at once while it happens; then each has all that the other said, once, in order. */
  void losesNothingWhile(Runnable happening) {
    int before = ann.heard().size();
    try (ExecutorService mouths = Executors.newVirtualThreadPerTaskExecutor()) {
      mouths.submit(() -> ann.sayAll("ann ", EACH));
      mouths.submit(() -> ben.sayAll("ben ", EACH));
      happening.run();
    }
    ann.awaitAll(before + EACH);
    ben.awaitAll(before + EACH);

    assertEquals(List.of(), ann.faults());
    assertEquals(List.of(), ben.faults());
    assertEquals(said("ben "), ann.heard().subList(before, ann.heard().size()));
    assertEquals(said("ann "), ben.heard().subList(before, ben.heard().size()));
    assertEquals(ann.stored(), ben.heard());
  }

  private static List<String> said(String prefix) {
    return IntStream.rangeClosed(1, EACH).mapToObj(i -> prefix + i).toList();
  }

  int connections() {
    return ann.connections() + ben.connections();
  }

  @Override
  public void close() {
    ann.close();
    ben.close();
    pair.close();
  }
}
