package randomchat.chat.socket;

import java.util.concurrent.TimeUnit;
import randomchat.kit.observe.Stopwatch;

/**
 * Times the messages of one socket from the reading of a frame until its echo is in the socket's
 * own queue: through Redis and back by the topic, as the peer's copy goes, and on one clock. One
 * message at a time is timed; those that are posted meanwhile are not. Touched by the event loop
 * only.
 */
final class EchoWatch {

  private static final long GIVEN_UP_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Stopwatch latency;
  private String tail; // of the frame that is timed; null: none
  private long since;

  EchoWatch(Stopwatch latency) {
    this.latency = latency;
  }

  /**
   * @param posted the frame's text from its event to its end
   * @param read when it was read, {@link System#nanoTime}
   */
  void start(String posted, long read) {
    if (tail == null || read - since > GIVEN_UP_NANOS) {
      tail = posted;
      since = read;
    }
  }

  /** What was posted last is not stored, or not for the first time. */
  void forget() {
    tail = null;
  }

  /** A frame went to the queue. */
  void onDelivered(byte[] frame) {
    if (tail != null && ServerFrame.endsWith(frame, tail)) {
      tail = null;
      latency.record(System.nanoTime() - since);
    }
  }
}
