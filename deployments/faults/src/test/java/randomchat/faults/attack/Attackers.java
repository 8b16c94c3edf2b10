package randomchat.faults.attack;

import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import randomchat.kit.testing.Line;

/** Those who mean no good, and what they hold open. */
public final class Attackers implements AutoCloseable {

  private static final int OPENERS = 16;

  private final URI chat;
  private final Queue<Line> lines = new ConcurrentLinkedQueue<>();
  private final List<Strangers.Pair> rooms = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicInteger sentAway = new AtomicInteger();
  private volatile boolean over;

  /** Something done again and again. */
  interface Act {
    void once();
  }

  public Attackers(URI chat) {
    this.chat = chat;
  }

  /** A channel of theirs. */
  Strangers.Pair addRoom() {
    rooms.add(Strangers.pair());
    return rooms.getLast();
  }

  List<Strangers.Pair> rooms() {
    return rooms;
  }

  URI chat() {
    return chat;
  }

  /** How often one of them was refused or ended. */
  public int sentAway() {
    return sentAway.get();
  }

  public int holding() {
    return lines.size();
  }

  /** So many connections that stay; fewer if some are refused. */
  void hold(int count, Supplier<Line> opener) {
    AtomicInteger left = new AtomicInteger(count);
    IntStream.range(0, OPENERS)
        .mapToObj(i -> Thread.ofVirtual().start(() -> holdSome(left, opener)))
        .toList()
        .forEach(Attackers::join);
  }

  private void holdSome(AtomicInteger left, Supplier<Line> opener) {
    while (left.getAndDecrement() > 0) {
      try {
        hold(opener.get());
      } catch (UncheckedIOException | Line.Refused sent) {
        sentAway.incrementAndGet();
      }
    }
  }

  /** A connection that stays, whatever comes. */
  Line hold(Line line) {
    lines.add(line);
    return line;
  }

  /**
   * Does something again and again, in as many threads, until all is over.
   *
   * @param perSecond in each thread
   */
  void repeatedly(int threads, int perSecond, Act act) {
    long pause = TimeUnit.SECONDS.toNanos(1) / perSecond;
    for (int i = 0; i < threads; i++) {
      this.threads.add(Thread.ofVirtual().start(() -> repeat(pause, act)));
    }
  }

  private void repeat(long pause, Act act) {
    long due = System.nanoTime();
    while (!over) {
      try {
        act.once();
      } catch (UncheckedIOException | Line.Refused sent) {
        sentAway.incrementAndGet();
      }
      due = Math.max(due + pause, System.nanoTime() - TimeUnit.SECONDS.toNanos(1));
      LockSupport.parkNanos(Math.max(0, due - System.nanoTime()));
    }
  }

  /** Something that is done to a connection as long as it lives, on a new one after that. */
  interface Abuse {
    void once(Line line);
  }

  void repeatedlyOnSockets(int sockets, int perSecond, Abuse abuse) {
    for (int i = 0; i < sockets; i++) {
      Line[] mine = new Line[1];
      repeatedly(
          1,
          perSecond,
          () -> {
            if (mine[0] == null) {
              mine[0] = hold(Line.upgraded(chat, Strangers.token()));
            }
            try {
              abuse.once(mine[0]);
            } catch (UncheckedIOException ended) {
              drop(mine[0]);
              mine[0] = null;
              throw ended;
            }
          });
    }
  }

  /** Does something to all connections that stay, one after the other, and again. */
  void onAll(Abuse abuse) {
    repeatedly(1, 1, () -> lines.forEach(abuse::once));
  }

  void drop(Line line) {
    lines.remove(line);
    line.close();
  }

  @Override
  public void close() {
    over = true;
    lines.forEach(Line::close);
    threads.forEach(Attackers::join);
    lines.forEach(Line::close);
  }

  static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
