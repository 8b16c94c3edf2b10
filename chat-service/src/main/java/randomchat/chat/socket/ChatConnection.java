package randomchat.chat.socket;

import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import randomchat.chat.channel.Place;
import randomchat.chat.channel.Snapshot;
import randomchat.chat.channel.StoredMessage;
import randomchat.chat.topic.Follower;
import randomchat.chat.topic.TopicEvent;
import randomchat.kit.socket.CloseCode;

/**
 * The delivering side of one socket: it sends every kept message once, in order, without a gap.
 *
 * <p>Live, it sends what the topic says as long as that is the next position. Otherwise it catches
 * up: it reads state and everything after its last position, page by page as the client takes it,
 * and goes live when nothing happened meanwhile. Joining, a resume, an overflowed queue and a loss
 * of the topic are the same step. Touched by the event loop only.
 */
final class ChatConnection extends Follower {

  private static final int RETRY_MILLIS = 500;
  private static final int LEAVE_MILLIS = 2_000; // between "leaved" and the close: protocol

  private final Vertx vertx;
  private final CatchUps catchUps;
  private final OutgoingQueue out;
  private final ChatMeters meters;
  private final EchoWatch echo;
  private final Holds holds;
  private final String user;
  private final String peer;

  private Place place;
  private boolean live;
  private boolean closed;
  private boolean ending;
  private boolean isThere = true;
  private boolean syncDue;
  private int histories;
  private boolean looksAgain;
  private boolean gap; // found and not yet filled
  private boolean reading;
  private boolean changed; // seen or presence, since the last read began
  private long newest = -1; // position that the topic has said since the last read began
  private long streamStart = -1; // what is above this position comes by the stream
  private Boolean peerOnline; // as this client was told; null before it was
  private List<Runnable> whenLive = new ArrayList<>();

  ChatConnection(
      ChatUpgrade.Admitted admitted,
      String entry,
      OutgoingQueue out,
      CatchUps catchUps,
      ChatMeters meters,
      Vertx vertx) {
    super(admitted.member(), entry);
    this.vertx = vertx;
    this.catchUps = catchUps;
    this.out = out;
    this.meters = meters;
    this.echo = new EchoWatch(meters.latency);
    this.place = admitted.from();
    this.user = membership().user().text();
    this.peer = membership().peer().text();
    this.holds = new Holds(user);
    this.syncDue = admitted.resumes();
  }

  OutgoingQueue out() {
    return out;
  }

  /** What times the messages of this client. */
  EchoWatch echo() {
    return echo;
  }

  /** What messages of this client wait for. */
  Holds holds() {
    return holds;
  }

  @Override
  protected boolean isThere() {
    return isThere;
  }

  /** Whether its client shows signs of life. */
  void isThere(boolean isThere) {
    this.isThere = isThere;
  }

  boolean isClosed() {
    return closed;
  }

  boolean isClosing() {
    return closed || out.isClosing();
  }

  /** Goes up when positions begin to mean other messages: Redis lost some. */
  int histories() {
    return histories;
  }

  /** The position delivered last. */
  long position() {
    return place.position();
  }

  /** Messages at or below this position came to this client by other ways, if at all. */
  long streamStart() {
    return streamStart;
  }

  /** Runs an action now, or as soon as everything up to now is delivered. */
  void whenLive(Runnable action) {
    if (live) {
      action.run();
    } else {
      whenLive.add(action);
    }
  }

  /** An answer to this client, which nothing repeats. */
  void send(byte[] frame) {
    out.insist(frame);
  }

  void close(CloseCode code) {
    out.close(code);
  }

  void onClosed() {
    closed = true;
    live = false;
    whenLive = new ArrayList<>();
  }

  /** Goes from whatever it does to reading all it does not have. */
  void catchUp() {
    live = false;
    if (closed || ending || reading) {
      changed = true; // a read under way may be older than what made us ask
      return;
    }
    reading = true;
    changed = false;
    newest = -1;
    catchUps
        .read(membership(), place)
        .onComplete(
            snapshot -> {
              reading = false;
              if (closed || ending) {
                return;
              }
              if (snapshot.failed()) {
                vertx.setTimer(RETRY_MILLIS, timer -> catchUp());
              } else {
                apply(snapshot.result());
              }
            });
  }

  private void apply(Snapshot snapshot) {
    switch (snapshot.state()) {
      case ENDED -> onEnd();
      case MISSING -> vertx.setTimer(RETRY_MILLIS, timer -> catchUp()); // LeaseKeeper opens it
      case OPEN, COMPLETE, ALONE -> {
        boolean told = tellState(snapshot);
        if (told && replay(snapshot) && newest <= place.position() && !changed) {
          goLive();
        } else {
          out.whenDrained(this::catchUp);
        }
      }
    }
  }

  /** Sync, presence and seen; false if the client could not take them. */
  private boolean tellState(Snapshot snapshot) {
    long now = System.currentTimeMillis();
    if (!snapshot.sameHistory()) {
      syncDue = true;
    }
    if (syncDue && !out.offer(ServerFrame.sync(user, snapshot, online(snapshot), now))) {
      return false;
    }
    syncDue = false;
    if (!snapshot.sameHistory()) {
      histories++;
      gap = false;
      place = new Place(snapshot.head(), snapshot.headTime(), snapshot.peerMark());
      streamStart = snapshot.head();
    }
    boolean online = online(snapshot).contains(peer);
    if (peerOnline == null || peerOnline != online) {
      String said = online ? "joined" : peerOnline == null ? "waiting" : "offline";
      String who = said.equals("waiting") ? user : peer;
      if (!out.offer(ServerFrame.action(who, said, now))) {
        return false;
      }
      peerOnline = online;
    }
    for (String position : snapshot.newlySeen()) {
      if (!out.offer(ServerFrame.seen(user, position, now))) {
        return false;
      }
    }
    place = new Place(place.position(), timeOf(place, snapshot), snapshot.peerMark());
    return true;
  }

  /** A client may not know the time of its last message; from now on it tells one history. */
  private static long timeOf(Place place, Snapshot snapshot) {
    boolean isHead = place.position() == snapshot.head();
    return place.time() < 0 && isHead ? snapshot.headTime() : place.time();
  }

  /**
   * Who is online. After an outage leases may be missing until their replicas have renewed them: a
   * peer that was there is then believed to be there still, and looked for again later.
   */
  private List<String> online(Snapshot snapshot) {
    List<String> found = snapshot.online();
    if (found.contains(peer) || !Boolean.TRUE.equals(peerOnline) || catchUps.trustsLeases()) {
      return found;
    }
    if (!looksAgain) {
      looksAgain = true;
      vertx.setTimer(
          catchUps.untilTrust(),
          timer -> {
            looksAgain = false;
            catchUp();
          });
    }
    return Stream.concat(found.stream(), Stream.of(peer)).toList();
  }

  /** The messages of a page; false if there are more than it holds, or than the client takes. */
  private boolean replay(Snapshot snapshot) {
    for (StoredMessage message : snapshot.messages()) {
      boolean seen = message.isSeen(user, snapshot.ownMark(), snapshot.peerMark());
      if (!deliver(message.frame(seen).getBytes(StandardCharsets.UTF_8))) {
        return false;
      }
      place = new Place(message.position(), message.time(), place.toldSeen());
    }
    return place.position() >= snapshot.head();
  }

  private boolean deliver(byte[] message) {
    if (!out.offer(message)) {
      return false;
    }
    meters.delivered.increment();
    echo.onDelivered(message);
    holds.onDelivered(message);
    return true;
  }

  private void goLive() {
    live = true;
    if (gap) {
      gap = false;
      meters.gaps.increment();
    }
    List<Runnable> actions = whenLive;
    whenLive = new ArrayList<>();
    actions.forEach(Runnable::run);
  }

  @Override
  protected void onLoss() {
    syncDue = true;
    catchUp();
  }

  @Override
  protected void onEvent(TopicEvent event) {
    if (closed || ending) {
      return;
    }
    switch (event) {
      case TopicEvent.Kept kept -> onKept(kept);
      case TopicEvent.Seen seen -> onSeen(seen);
      case TopicEvent.Presence presence -> onPresence(presence);
      case TopicEvent.Action action -> {
        if (live) { // typing is the first to be dropped
          out.offer(ServerFrame.action(action.user(), action.action(), System.currentTimeMillis()));
        }
      }
      case TopicEvent.Left left -> endAfter(left.user());
      case TopicEvent.Evicted evicted -> {
        if (evicted.entry().equals(entry())) {
          close(CloseCode.REPLACED);
        }
      }
    }
  }

  private void onKept(TopicEvent.Kept kept) {
    newest = kept.position();
    if (!live) {
      return;
    }
    if (kept.position() == place.position() + 1) {
      if (deliver(kept.frame())) {
        place = new Place(kept.position(), kept.time(), place.toldSeen());
      } else {
        behind();
      }
    } else if (kept.position() > place.position() || isOfAnotherHistory(kept)) {
      gap = true;
      catchUp(); // or a new history: the read tells which
    }
  }

  private boolean isOfAnotherHistory(TopicEvent.Kept kept) {
    return kept.time() > place.time()
        || (kept.position() == place.position() && kept.time() != place.time());
  }

  private void onSeen(TopicEvent.Seen seen) {
    changed = true;
    if (!live) {
      return;
    }
    long now = System.currentTimeMillis();
    for (String position : seen.positions()) {
      if (!out.offer(ServerFrame.seen(seen.author(), position, now))) {
        behind();
        return;
      }
    }
    if (seen.author().equals(user)) {
      long mark = Math.max(place.toldSeen(), Long.parseLong(seen.positions().getLast()));
      place = new Place(place.position(), place.time(), mark);
    }
  }

  private void onPresence(TopicEvent.Presence presence) {
    if (!presence.user().equals(peer)) {
      return;
    }
    changed = true;
    if (!live) {
      return;
    }
    String said = presence.online() ? "joined" : "offline";
    if (out.offer(ServerFrame.action(peer, said, System.currentTimeMillis()))) {
      peerOnline = presence.online();
    } else {
      behind();
    }
  }

  /** The client takes less than comes: read on from the stream once it has taken what waits. */
  private void behind() {
    meters.overflows.increment();
    live = false;
    out.whenDrained(this::catchUp);
  }

  @Override
  protected void onEnd() {
    if (!ending) {
      endAfter(peer);
    }
  }

  private void endAfter(String leaver) {
    ending = true;
    live = false;
    out.insist(ServerFrame.action(leaver, "leaved", System.currentTimeMillis()));
    vertx.setTimer(LEAVE_MILLIS, timer -> close(CloseCode.ENDED));
  }
}
