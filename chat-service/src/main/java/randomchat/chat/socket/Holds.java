package randomchat.chat.socket;

import java.util.HashMap;
import java.util.Map;

/**
 * What the client ids of one socket may not go beyond: the first message that may not be stored,
 * until it comes again, or its echo tells that it is stored; then the first one that was refused
 * behind it. What overtook such a message would make it look like a repeat. Touched by the event
 * loop only.
 */
final class Holds {

  private final Map<String, Hold> byClient = new HashMap<>();
  private String storing; // the tail of a message that Redis has not answered yet
  private boolean echoed; // it is stored, whatever the answer

  private static final class Hold {

    private static final long NONE = Long.MAX_VALUE;

    private final long doubtful;
    private String tail; // of the echo that ends the doubt; null: there will be none
    private long first;
    private long next = NONE; // refused behind it

    Hold(long doubtful) {
      this.doubtful = doubtful;
      this.first = doubtful;
    }

    void refuse(long counter) {
      if (counter < first) {
        next = first;
        first = counter;
      } else if (counter > first) {
        next = Math.min(next, counter);
      }
    }

    /** Whether nothing is held back any more, now that this frame was delivered. */
    boolean isEndedBy(byte[] frame) {
      if (tail != null && ServerFrame.endsWith(frame, tail)) {
        tail = null;
        first = first == doubtful ? next : first;
        next = NONE;
      }
      return first == NONE;
    }
  }

  /** A message is on its way to Redis. */
  void storing(FrameKey key, String tail) {
    storing = key == null ? null : tail;
    echoed = false;
  }

  /** Redis has answered, or not: whether the echo of that message has already come. */
  boolean isEchoed() {
    storing = null;
    return echoed;
  }

  /** A message went to the client. */
  void onDelivered(byte[] frame) {
    if (storing != null && ServerFrame.endsWith(frame, storing)) {
      echoed = true;
    }
    if (!byClient.isEmpty()) {
      byClient.values().removeIf(hold -> hold.isEndedBy(frame));
    }
  }

  /** Whether it comes after one that holds it back. */
  boolean isBehind(FrameKey key) {
    return contains(key) && key.counter() > byClient.get(key.client()).first;
  }

  /** Whether something of its client id is held. */
  boolean contains(FrameKey key) {
    return key != null && byClient.containsKey(key.client());
  }

  /**
   * It was refused, and has to come again.
   *
   * @param tail of its echo, if it may be stored all the same; else null
   */
  void refuse(FrameKey key, String tail) {
    if (key != null) {
      Hold hold = byClient.computeIfAbsent(key.client(), client -> new Hold(key.counter()));
      hold.refuse(key.counter());
      if (key.counter() == hold.doubtful) {
        hold.tail = tail;
      }
    }
  }

  /** It came again, and with it all that was refused behind it. */
  void release(FrameKey key) {
    if (key != null) {
      byClient.remove(key.client());
    }
  }
}
