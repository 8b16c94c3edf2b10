package randomchat.chat.socket;

import java.util.HashMap;
import java.util.Map;

/**
 * What the client ids of one socket may not go beyond: the first message that was refused and may
 * not be stored, until it comes again, or its echo tells that it is stored; then the next one that
 * was refused. What overtook such a message would make it look like a repeat.
 *
 * <p>Messages of a client id are stored in the order of their counters, so that all before a stored
 * one are stored or given up. Touched by the event loop only.
 */
final class Holds {

  private static final long NONE = Long.MAX_VALUE;
  private static final int MOST_CLIENTS = 100; // a page has one

  private final String user;
  private final Map<String, Client> clients = new HashMap<>();

  /**
   * @param user whose client ids they are
   */
  Holds(String user) {
    this.user = user;
  }

  private static final class Client {

    private long stored = -1; // as far as we know
    private long doubtful; // sent to Redis, which did not say that it is stored
    private String tail; // of the doubtful one's echo; null: nothing is in doubt
    private long first = NONE; // refused
    private long next = NONE; // refused behind it

    boolean isWaitedFor() {
      return tail != null || first != NONE;
    }

    void store(long counter) {
      stored = Math.max(stored, counter);
      if (doubtful <= stored) {
        tail = null;
      }
      while (first <= stored) {
        first = next;
        next = NONE;
      }
    }

    void refuse(long counter) {
      if (counter < first) {
        next = first;
        first = counter;
      } else if (counter > first) {
        next = Math.min(next, counter);
      }
    }
  }

  /**
   * A message is on its way to Redis.
   *
   * @param tail its echo, from its event to its end
   */
  void onSent(FrameKey key, String tail) {
    Client client = of(key);
    if (client != null && key.counter() > client.stored) {
      client.doubtful = key.counter();
      client.tail = tail;
    }
  }

  /** Redis said that it is stored, now or before. */
  void onStored(FrameKey key) {
    Client client = of(key);
    if (client != null) {
      client.store(key.counter());
    }
  }

  /** A message went to this client: maybe an echo of its own. */
  void onDelivered(byte[] frame) {
    clients.forEach(
        (id, client) -> {
          if (client.tail != null && ServerFrame.endsWith(frame, client.tail)) {
            client.store(client.doubtful);
          } else if (client.first != NONE) { // what another socket sent may be stored as well
            client.store(ServerFrame.counter(frame, user, id));
          }
        });
  }

  /** It was refused, and has to come again unless it is stored. */
  void onRefused(FrameKey key) {
    Client client = of(key);
    if (client != null && key.counter() > client.stored) {
      client.refuse(key.counter());
    }
  }

  /** It came again, and with it all that was refused behind it. */
  void onTaken(FrameKey key) {
    Client client = of(key);
    if (client != null) {
      client.first = NONE;
      client.next = NONE;
    }
  }

  /** Whether it comes after one that holds it back. */
  boolean isBehind(FrameKey key) {
    Client client = of(key);
    return client != null && key.counter() > client.first;
  }

  /** Whether something of its client id is held back. */
  boolean contains(FrameKey key) {
    Client client = of(key);
    return client != null && client.first != NONE;
  }

  /** Null for a message without a key, and while too many others are waited for. */
  private Client of(FrameKey key) {
    if (key == null) {
      return null;
    }
    if (clients.size() >= MOST_CLIENTS && !clients.containsKey(key.client())) {
      clients.values().removeIf(client -> !client.isWaitedFor());
    }
    return clients.size() < MOST_CLIENTS
        ? clients.computeIfAbsent(key.client(), client -> new Client())
        : clients.get(key.client());
  }
}
