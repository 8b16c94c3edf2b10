package randomchat.faults.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A member of a room that behaves as our page does: it sends under keys, repeats what was not
 * answered, in order, resumes where it was, and replaces what it has when it is told to. It notes
 * all it saw.
 */
public final class Member {

  private static final int AT_ONCE = 8; // frames under way
  private static final int AWAY_FROM = 4500;
  private static final int LONGEST_BACKOFF_MILLIS = 1_000;
  private static final int REPEAT_MILLIS = 300;

  private final Crowd crowd;
  private final String name;
  private final String user;
  private final String token;

  /** What it shows: the texts by position. */
  private final TreeMap<Long, String> view = new TreeMap<>();

  private final List<String> said = new ArrayList<>();
  private final Map<String, String> unanswered = new LinkedHashMap<>(); // key → text
  private final Set<String> underWay = new HashSet<>(); // keys
  private final Map<String, Long> acknowledged = new HashMap<>(); // text → position
  private final List<String> faults = new ArrayList<>();

  private WebSocket socket;
  private boolean wanted;
  private boolean open;
  private boolean reading; // the history
  private boolean repeating;
  private int attempts;
  private int connections;
  private int resets;
  private int seenByPeer;
  private long last;
  private String lastTime = "";
  private Boolean peerOnline;
  private boolean peerTyped;
  private long deliveries;

  Member(Crowd crowd, String name, String user, String token) {
    this.crowd = crowd;
    this.name = name;
    this.user = user;
    this.token = token;
  }

  public void connect() {
    wanted = true;
    String since = since();
    crowd
        .open(crowd.anyChat().url("/api/chat?since=" + since), token)
        .onComplete(
            opened -> {
              if (opened.failed()) {
                refused(opened.cause());
              } else if (wanted && since.equals(since())) {
                adopt(opened.result());
              } else {
                opened.result().close();
                again(); // from where it is by now
              }
            });
  }

  private String since() {
    return last + (lastTime.isEmpty() ? "" : "." + lastTime);
  }

  private void refused(Throwable cause) {
    if (cause instanceof UpgradeRejectedException answer
        && answer.getStatus() != 503
        && answer.getStatus() != 502) {
      faults.add("refused with " + answer.getStatus());
      return;
    }
    again();
  }

  private void again() {
    if (wanted) {
      int most = Math.min(LONGEST_BACKOFF_MILLIS, 50 << Math.min(attempts++, 10));
      crowd.later(crowd.random().nextInt(most), this::connect);
    }
  }

  private void adopt(WebSocket opened) {
    socket = opened;
    connections++;
    opened.textMessageHandler(
        text -> {
          if (socket == opened) {
            take(Crowd.json(text));
          }
        });
    opened.exceptionHandler(lost -> {});
    opened.closeHandler(none -> lose(opened));
  }

  private void lose(WebSocket lost) {
    if (socket != lost) {
      return;
    }
    socket = null;
    open = false;
    peerOnline = null;
    Short code = lost.closeStatusCode();
    if (code != null && (code >= AWAY_FROM || code == 1000) && wanted) {
      faults.add("sent away with " + code);
      return;
    }
    again();
  }

  /** As a network that breaks: no close frame. */
  public void cut() {
    if (socket != null) {
      Crowd.cut(socket);
    }
  }

  /** Comes again from another position than its last, as another tab would. */
  public void comeFrom(long position, String time) {
    view.tailMap(position, false).clear();
    last = position;
    lastTime = time;
    cut();
  }

  void leave() {
    wanted = false;
    if (socket != null) {
      socket.close();
    }
  }

  /** As a network that is gone: nothing comes from it any more, and nobody is told. */
  public void disappear() {
    wanted = false;
    if (socket != null) {
      Crowd.deafen(socket);
    }
  }

  public void readsNot() {
    if (socket != null) {
      socket.pause();
    }
  }

  public void readsAgain() {
    if (socket != null) {
      socket.resume();
    }
  }

  void say(String text) {
    said.add(text);
    unanswered.put(name + ":" + said.size(), text);
    pump();
  }

  void types() {
    send(1, "istyping", null);
  }

  /** Says that it has seen everything. */
  void sees() {
    if (!view.isEmpty()) {
      send(2, String.valueOf(view.lastKey()), null);
    }
  }

  private void pump() {
    for (Map.Entry<String, String> next : unanswered.entrySet()) {
      if (!open || underWay.size() >= AT_ONCE) {
        return;
      }
      if (underWay.add(next.getKey())) {
        send(0, next.getValue(), next.getKey());
      }
    }
  }

  private void send(int event, String payload, String key) {
    if (!open || socket == null) {
      return;
    }
    ObjectNode frame = JsonNodeFactory.instance.objectNode();
    frame.put("event", event).put("payload", payload);
    if (key != null) {
      frame.put("key", key);
    }
    socket.writeTextMessage(frame.toString());
  }

  private void take(JsonNode frame) {
    boolean mine = frame.get("user_id").asText().equals(user);
    String payload = frame.get("payload").asText();
    switch (frame.get("event").asInt()) {
      case 0 -> kept(frame, mine, payload);
      case 1 -> action(mine, payload);
      case 2 -> seenByPeer = mine ? Math.max(seenByPeer, Integer.parseInt(payload)) : seenByPeer;
      case 4 -> refusedFrame(frame, Crowd.json(payload).get("code").asText());
      case 5 -> synced(Crowd.json(payload));
      default -> faults.add("unknown event " + frame);
    }
  }

  private void action(boolean mine, String action) {
    if (mine) {
      if (action.equals("waiting")) {
        peerOnline = false;
      }
      return;
    }
    switch (action) {
      case "joined" -> peerOnline = true;
      case "offline" -> peerOnline = false;
      case "istyping" -> peerTyped = true;
      default -> {}
    }
  }

  private void kept(JsonNode frame, boolean mine, String text) {
    long position = frame.get("message_id").asLong();
    deliveries++;
    if (mine) {
      answered(frame.path("key").asText(), text, position);
    }
    if (position <= last) {
      boolean isKnown = reading || text.equals(view.get(position));
      if (!mine || !isKnown) {
        faults.add((mine ? "own " : "") + position + " came again: " + text);
      }
      return; // the answer to a repeat
    }
    if (position > last + 1) {
      faults.add("a gap: " + position + " after " + last);
      cut();
      return;
    }
    view.put(position, text);
    last = position;
    lastTime = frame.get("time").asText();
  }

  private void answered(String key, String text, long position) {
    if (unanswered.remove(key) != null) {
      acknowledged.put(text, position);
    }
    underWay.remove(key);
    pump();
  }

  private void refusedFrame(JsonNode frame, String code) {
    switch (code) {
      case "duplicate" -> {
        unanswered.remove(frame.path("key").asText());
        underWay.remove(frame.path("key").asText());
        pump();
      }
      case "unavailable" -> repeatLater();
      case "unknown_message" -> {} // a history that Redis lost meanwhile
      default -> faults.add("refused: " + frame);
    }
  }

  /** What came after it is held back by the server until it comes again. */
  private void repeatLater() {
    if (!repeating) {
      repeating = true;
      WebSocket asked = socket;
      crowd.later(
          REPEAT_MILLIS,
          () -> {
            repeating = false;
            if (asked == socket) {
              repeat();
            }
          });
    }
  }

  private void repeat() {
    underWay.clear();
    pump();
  }

  private void synced(JsonNode sync) {
    attempts = 0;
    seenByPeer = Math.max(seenByPeer, sync.get("seen").asInt());
    if (!sync.get("recovered").asBoolean()) {
      resets++;
      view.clear();
      last = sync.get("head").asLong();
      lastTime = "";
      read(last, "");
    }
    open = true;
    repeat();
  }

  /** Replaces what it has by the history, page by page. */
  private void read(long upTo, String page) {
    int asked = resets;
    reading = true;
    crowd
        .get(crowd.anyChat().url("/api/chat/channel/messages?ps=" + page), token)
        .onComplete(
            answer -> {
              if (asked != resets) {
                return;
              }
              if (answer.failed()) {
                crowd.later(REPEAT_MILLIS, () -> read(upTo, page));
                return;
              }
              for (JsonNode message : answer.result().get("messages")) {
                long position = message.get("message_id").asLong();
                if (position <= upTo) {
                  view.put(position, message.get("payload").asText());
                  if (position == last && lastTime.isEmpty()) {
                    lastTime = message.get("time").asText();
                  }
                }
              }
              String next = answer.result().get("next_ps").asText();
              reading = !next.isEmpty();
              if (reading) {
                read(upTo, next);
              }
            });
  }

  boolean isOpen() {
    return open;
  }

  boolean seesPeer() {
    return Boolean.TRUE.equals(peerOnline);
  }

  public boolean missesPeer() {
    return Boolean.FALSE.equals(peerOnline);
  }

  boolean isSettled() {
    return open && !reading && unanswered.isEmpty();
  }

  TreeMap<Long, String> view() {
    return view;
  }

  List<String> said() {
    return said;
  }

  Map<String, Long> acknowledged() {
    return acknowledged;
  }

  List<String> faults() {
    return faults;
  }

  int resets() {
    return resets;
  }

  long deliveries() {
    return deliveries;
  }

  public long last() {
    return last;
  }

  public String lastTime() {
    return lastTime;
  }

  int seenByPeer() {
    return seenByPeer;
  }

  boolean peerTyped() {
    return peerTyped;
  }

  void forgetsTyping() {
    peerTyped = false;
  }

  String user() {
    return user;
  }

  String token() {
    return token;
  }

  @Override
  public String toString() {
    return "%s: open %s, reading %s, %d unanswered, last %d, %d connections, %d resets, peer online %s, typed %s, saw %d, faults %s"
        .formatted(
            name,
            open,
            reading,
            unanswered.size(),
            last,
            connections,
            resets,
            peerOnline,
            peerTyped,
            seenByPeer,
            faults);
  }
}
