package randomchat.e2e.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import randomchat.e2e.system.Eventually;
import randomchat.e2e.system.RandomChat;

/**
 * A member who keeps a ledger: says things under keys, repeats what was not answered on whatever
 * connection it gets, resumes where it was, and notes each gap and each message that came twice.
 */
public final class Talker implements AutoCloseable {

  private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(100);
  private static final Duration BETWEEN_WORDS = Duration.ofMillis(12);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int AT_ONCE = 8; // frames under way
  private static final int AWAY_FROM = 4500;

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI chat;
  private final String token;
  private final String self;
  private final String keys = RandomChat.randomHex().substring(0, 16);
  private final Map<String, String> unanswered = new LinkedHashMap<>(); // key → text
  private final Set<String> underWay = new HashSet<>(); // keys
  private final List<String> heard = new ArrayList<>(); // the peer's texts
  private final List<String> own = new ArrayList<>(); // by position
  private final List<String> faults = new ArrayList<>();
  private final Thread life;
  private Wire wire;
  private boolean open;
  private boolean pausing;
  private long last;
  private String lastTime = "";
  private int count;
  private int connections;
  private volatile Throwable refusal;
  private volatile boolean stopped;

  public Talker(Person person) {
    this.chat = URI.create("ws" + person.http().origin().substring(4) + "/api/chat");
    this.token = person.token();
    this.self = person.id();
    this.life = Thread.ofVirtual().start(this::live);
  }

  public synchronized void say(String text) {
    String key = keys + ":" + ++count;
    unanswered.put(key, text);
    pump();
  }

  /** Sends what waits, in order, a few at a time. */
  private void pump() {
    for (Map.Entry<String, String> next : unanswered.entrySet()) {
      if (!open || underWay.size() >= AT_ONCE) {
        return;
      }
      if (underWay.add(next.getKey())) {
        send(next.getKey(), next.getValue());
      }
    }
  }

  private void send(String key, String text) {
    try {
      wire.text(text, key);
    } catch (CompletionException lost) {
      open = false;
      wire.cut(); // it goes again on the next connection
    }
  }

  private void answered(String key) {
    unanswered.remove(key);
    underWay.remove(key);
    pump();
  }

  /** The peer's texts in the order in which they came. */
  public synchronized List<String> heard() {
    return List.copyOf(heard);
  }

  /** Own texts in the order of their positions. */
  public synchronized List<String> stored() {
    return List.copyOf(own);
  }

  public synchronized List<String> faults() {
    return List.copyOf(faults);
  }

  /** How many connections it took so far. */
  public synchronized int connections() {
    return connections;
  }

  public void awaitOpen() {
    Eventually.is(this::toString, this::isOpen);
  }

  private synchronized boolean isOpen() {
    return open;
  }

  /** Says that many things, with a little time between them. */
  public void sayAll(String prefix, int count) {
    for (int i = 1; i <= count; i++) {
      say(prefix + i);
      LockSupport.parkNanos(BETWEEN_WORDS.toNanos());
    }
  }

  /** Waits until everything said was acknowledged and this much was heard. */
  public void awaitAll(int fromPeer) {
    Eventually.is(this::toString, () -> isDone(fromPeer));
  }

  private synchronized boolean isDone(int fromPeer) {
    return unanswered.isEmpty() && heard.size() >= fromPeer;
  }

  @Override
  public synchronized String toString() {
    return unanswered.size()
        + " unanswered, "
        + heard.size()
        + " heard, faults "
        + faults
        + ", "
        + connections
        + " connections, last refusal "
        + refusal;
  }

  private void live() {
    while (!stopped) {
      try {
        if (!converse(Wire.open(client, since(), protocols(), true))) {
          return;
        }
      } catch (CompletionException e) {
        refusal = e.getCause();
        LockSupport.parkNanos(BETWEEN_ATTEMPTS.toNanos());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Until the connection ends; whether another is wanted then. */
  private boolean converse(Wire next) throws InterruptedException {
    adopt(next);
    for (JsonNode frame = next.take(); frame != null; frame = next.take()) {
      take(frame);
    }
    lose();
    int code = next.closeCode();
    return code != 1000 && code < AWAY_FROM;
  }

  private List<String> protocols() {
    return List.of("randomchat", "bearer." + token);
  }

  private synchronized URI since() {
    return URI.create(chat + "?since=" + last + lastTime);
  }

  private synchronized void adopt(Wire next) {
    wire = next;
    connections++;
  }

  private synchronized void lose() {
    open = false;
  }

  private synchronized void take(JsonNode frame) {
    switch (frame.get("event").asInt()) {
      case 0 -> kept(frame);
      case 4 -> refused(frame);
      case 5 -> caughtUp(RandomChat.json(frame.get("payload").asText()));
      default -> {}
    }
  }

  private void kept(JsonNode frame) {
    long id = frame.get("message_id").asLong();
    boolean mine = frame.get("user_id").asText().equals(self);
    String text = frame.get("payload").asText();
    if (mine) {
      answered(frame.path("key").asText());
    }
    if (id > last + 1) {
      faults.add("a gap before " + id);
    } else if (id <= last && !mine) {
      faults.add(id + " came again: " + text);
    }
    if (id <= last) {
      return; // the answer to a repeat
    }
    (mine ? own : heard).add(text);
    last = id;
    lastTime = "." + frame.get("time").asText();
  }

  private void refused(JsonNode frame) {
    String code = RandomChat.json(frame.get("payload").asText()).get("code").asText();
    switch (code) {
      case "duplicate" -> answered(frame.path("key").asText());
      case "unavailable" -> repeatLater();
      default -> faults.add("refused: " + frame);
    }
  }

  /** What came after it is held back by the server until it comes again. */
  private void repeatLater() {
    if (pausing) {
      return;
    }
    pausing = true;
    Wire asked = wire;
    Thread.ofVirtual()
        .start(
            () -> {
              LockSupport.parkNanos(PAUSE.toNanos());
              repeat(asked);
            });
  }

  private void caughtUp(JsonNode sync) {
    if (!sync.get("recovered").asBoolean()) {
      faults.add("not recovered");
    }
    open = true;
    repeat(wire);
  }

  private synchronized void repeat(Wire on) {
    if (on == wire) {
      pausing = false;
      underWay.clear();
      pump();
    }
  }

  @Override
  public void close() {
    stopped = true;
    life.interrupt();
    synchronized (this) {
      if (wire != null) {
        wire.close();
      }
    }
  }
}
