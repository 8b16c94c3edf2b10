package randomchat.faults.attack;

import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import randomchat.kit.testing.Await;
import randomchat.kit.testing.Line;

/** Rooms that talk steadily, and how long their words take from one member to the other. */
public final class Pulse implements AutoCloseable {

  private static final int ROOMS = 8;
  private static final int EVERY_MILLIS = 20; // a word in each room
  private static final int WINDOW_MILLIS = 500;
  private static final int WINDOWS = 3;
  private static final int PATIENCE_SECONDS = 20;
  private static final Pattern SENT_AT = Pattern.compile("\"event\":0,.*\"payload\":\"(\\d+)\"");

  private final List<Line> speakers = new ArrayList<>();
  private final List<Line> lines = new ArrayList<>();
  private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
  private final AtomicInteger heard = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger(); // connections
  private int said;
  private volatile boolean closing;

  public Pulse(URI chat) {
    for (int i = 0; i < ROOMS; i++) {
      Strangers.Pair pair = Strangers.pair();
      Line speaker = Line.upgraded(chat, pair.one());
      Line listener = Line.upgraded(chat, pair.other());
      speakers.add(speaker);
      lines.addAll(List.of(speaker, listener));
      Thread.ofPlatform().daemon().start(() -> read(speaker, false));
      Thread.ofPlatform().daemon().start(() -> read(listener, true));
    }
  }

  private void read(Line line, boolean listens) {
    try {
      line.waits(0);
      while (true) {
        Line.Frame frame = line.next();
        long now = System.nanoTime();
        if (frame.head() == Line.PING) {
          line.send(Line.frame(Line.PONG, frame.content()));
        } else if (frame.head() == Line.CLOSE) {
          throw new UncheckedIOException(new java.io.EOFException("" + frame.closeCode()));
        } else if (listens) {
          Matcher kept = SENT_AT.matcher(frame.text());
          if (kept.find()) {
            nanos.add(now - Long.parseLong(kept.group(1)));
            heard.incrementAndGet();
          }
        }
      }
    } catch (UncheckedIOException ended) {
      if (!closing) {
        lost.incrementAndGet();
      }
    }
  }

  /** Connections that ended although nobody wanted it. */
  public int lost() {
    return lost.get();
  }

  /** The median over some moments of the 99th percentile of delivery times, milliseconds. */
  public double p99Millis() {
    double[] windows = IntStream.range(0, WINDOWS).mapToDouble(i -> window()).sorted().toArray();
    return windows[WINDOWS / 2];
  }

  /** Of all that is said in a while, however late it comes. */
  private double window() {
    nanos.clear();
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(WINDOW_MILLIS);
    while (System.nanoTime() < end) {
      for (Line speaker : speakers) {
        speaker.text("{\"event\":0,\"payload\":\"" + System.nanoTime() + "\"}");
        said++;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(EVERY_MILLIS));
    }
    Await.until(
        () -> "%d of %d words, %d lines lost".formatted(heard.get(), said, lost.get()),
        PATIENCE_SECONDS,
        () -> heard.get() == said || lost.get() > 0);
    List<Long> sorted = nanos.stream().sorted().toList();
    return sorted.get(sorted.size() * 99 / 100) / 1e6;
  }

  @Override
  public void close() {
    closing = true;
    lines.forEach(Line::close);
  }
}
