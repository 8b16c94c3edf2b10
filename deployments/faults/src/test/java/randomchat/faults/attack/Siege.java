package randomchat.faults.attack;

import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import randomchat.kit.testing.Line;

/** Sends what nobody should take, by many hands at once, and notes what is answered. */
public final class Siege {

  private static final int HANDS = 12;
  private static final int NO_ANSWER_MILLIS = 300;
  private static final int LONGEST_NOTE = 600;

  private final long seed;
  private final Map<Integer, AtomicInteger> answers = new ConcurrentSkipListMap<>();
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();
  private final AtomicInteger sent = new AtomicInteger();

  public Siege(long seed) {
    this.seed = seed;
  }

  public int sent() {
    return sent.get();
  }

  /** How often each status was answered; 0: nothing. */
  public Map<Integer, AtomicInteger> answers() {
    return answers;
  }

  /** What must never be answered, and to what it was. */
  public Queue<String> faults() {
    return faults;
  }

  /** Whether a text has something of what is sent. */
  public static boolean isForeign(String text) {
    return text.toLowerCase(Locale.ROOT).contains(Mutator.MARK);
  }

  /** So many inputs of a kind: each hand has its own generator, so that a seed says all. */
  public void storm(int kind, int count, Consumer<Mutator> act) {
    IntStream.range(0, HANDS)
        .mapToObj(
            hand ->
                Thread.ofVirtual()
                    .start(
                        () -> {
                          Random random = new Random(seed * 1_000_003 + kind * 1_009L + hand);
                          Mutator mutator = new Mutator(random);
                          for (int i = hand; i < count; i += HANDS) {
                            attempt(act, mutator);
                          }
                        }))
        .toList()
        .forEach(Attackers::join);
  }

  private void attempt(Consumer<Mutator> act, Mutator mutator) {
    try {
      act.accept(mutator);
    } catch (Line.Refused | UncheckedIOException unexpected) {
      faults.add("a good one was not served: " + unexpected);
    }
  }

  /** One request on a connection of its own. */
  void ask(URI service, String request) {
    sent.incrementAndGet();
    try (Line line = new Line(service)) {
      line.waits(NO_ANSWER_MILLIS);
      line.send(request);
      note(line.status(), request);
    } catch (UncheckedIOException nothing) {
      note(0, request);
    }
  }

  void note(int status, String request) {
    answers.computeIfAbsent(status, key -> new AtomicInteger()).incrementAndGet();
    if (status >= 500 && status != 503) {
      String start = request.substring(0, Math.min(LONGEST_NOTE, request.length()));
      faults.add(status + " to " + start.replaceAll("[^ -~]", "."));
    }
  }

  /** Says some things on a socket, one after the other, and waits until all of them are heard. */
  void say(Line line, Iterable<byte[]> frames) {
    byte[] last = "last".getBytes(StandardCharsets.US_ASCII);
    try (line) {
      for (byte[] frame : frames) {
        sent.incrementAndGet();
        line.send(frame);
      }
      line.send(Line.frame(Line.PING, last));
      while (true) {
        Line.Frame frame = line.next();
        if (frame.head() == Line.CLOSE || frame.head() == Line.PONG) {
          return;
        }
      }
    } catch (UncheckedIOException ended) {
      // that is an answer as well
    }
  }
}
