package randomchat.match.socket;

import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import randomchat.kit.socket.CloseCode;
import randomchat.match.pool.ChannelId;
import randomchat.match.pool.ConnectionId;
import randomchat.match.pool.Standing;
import randomchat.match.pool.Ticket;

/**
 * One socket in the waiting room: where its ticket stands as far as this replica knows, and what
 * its client owes us. Touched by the room's event loop only.
 */
final class Seat {

  enum Phase {
    /** Its ticket is being taken. */
    JOINING,
    WAITING,
    /** Did not answer in time; out of the line until it answers. */
    AWAY,
    /** Pinged for a pairing. */
    RESERVED,
    /** A match lies in its inbox, perhaps for long: whether it is still good is being asked. */
    FOUND,
    /** It was sent its match. */
    HANDED,
    CLOSED
  }

  private static final int MOST_UNANSWERED = 3; // pings
  private static final int NOISE_WINDOW_MILLIS = 10_000;
  private static final int MOST_NOISE = 100; // frames that nobody asked for, in a window

  private final Ticket ticket;
  private final boolean asksPosition;
  private final WebSocketConnection connection;

  private Phase phase = Phase.JOINING;
  private ChannelId channel;
  private int revision;
  private long place;
  private long since;
  private long seatedAt = now();
  private long due = Long.MAX_VALUE;
  private boolean answered;

  private Buffer nonce;
  private long pingedAt = now();
  private int unanswered;
  private int noise;
  private long noiseSince;
  private boolean sending;
  private long sentAt;

  Seat(Visit visit, WebSocketConnection connection) {
    this.ticket =
        new Ticket(
            visit.user(), new ConnectionId(connection.id()), visit.interests(), visit.arrived());
    this.asksPosition = visit.asksPosition();
    this.connection = connection;
  }

  /** Milliseconds of a clock that only this process knows. */
  static long now() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  Ticket ticket() {
    return ticket;
  }

  boolean asksPosition() {
    return asksPosition;
  }

  Phase phase() {
    return phase;
  }

  ChannelId channel() {
    return channel;
  }

  /** Changes with every news: what was asked before is then old. */
  int revision() {
    return revision;
  }

  /** Whether its ticket is still to be matched. */
  boolean hasTicket() {
    return switch (phase) {
      case JOINING, WAITING, AWAY, RESERVED -> true;
      case FOUND, HANDED, CLOSED -> false;
    };
  }

  boolean is(Phase phase, ChannelId channel) {
    return this.phase == phase && channel.equals(this.channel);
  }

  void turn(Phase phase, ChannelId channel) {
    this.phase = phase;
    this.channel = channel;
    revision++;
  }

  /** Remembers where in the line it is, to restore that if Redis loses it. */
  void remember(Standing.Waiting waiting) {
    if (place == 0) {
      seatedAt = now();
    }
    place = waiting.place();
    since = waiting.since();
  }

  long place() {
    return place;
  }

  long since() {
    return since;
  }

  long waited() {
    return now() - seatedAt;
  }

  boolean isDue(long now) {
    return due <= now;
  }

  void dueIn(long millis) {
    due = now() + millis;
  }

  /** A call about it is under way. */
  void notDue() {
    due = Long.MAX_VALUE;
  }

  boolean hasAnswered() {
    return answered;
  }

  void answered(boolean answered) {
    this.answered = answered;
  }

  /** Pings; only the answer to this very ping counts from now on. */
  void ping() {
    nonce = Buffer.buffer(8).appendLong(ThreadLocalRandom.current().nextLong());
    pingedAt = now();
    unanswered++;
    if (!connection.isClosed()) {
      connection.sendPing(nonce).subscribe().with(sent -> {}, lost -> {});
    }
  }

  boolean isPinged() {
    return nonce != null;
  }

  long pingedAt() {
    return pingedAt;
  }

  boolean isSilent() {
    return unanswered >= MOST_UNANSWERED;
  }

  /** Whether a pong answers the latest ping; once. */
  boolean isAnsweredBy(Buffer pong) {
    unanswered = 0;
    if (nonce == null || !nonce.equals(pong)) {
      return false;
    }
    nonce = null;
    return true;
  }

  /** Counts a frame that nobody asked for; whether that is one too many. */
  boolean isNoisy() {
    long now = now();
    if (now - noiseSince > NOISE_WINDOW_MILLIS) {
      noiseSince = now;
      noise = 0;
    }
    return ++noise > MOST_NOISE;
  }

  void send(String frame) {
    if (!connection.isClosed()) {
      sending = true;
      sentAt = now();
      connection.sendText(frame).subscribe().with(sent -> sending = false, lost -> {});
    }
  }

  /** Whether a frame may follow the last: that one went out, and so long ago. */
  boolean isReadyAfter(long millis) {
    return !sending && (sentAt == 0 || now() - sentAt >= millis);
  }

  void close(CloseCode code) {
    if (!connection.isClosed()) {
      connection.close(code.asReason()).subscribe().with(closed -> {}, lost -> {});
    }
  }
}
