package randomchat.chat.socket;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import randomchat.chat.channel.ChannelSettings;
import randomchat.chat.channel.ChannelStore;
import randomchat.chat.channel.Draft;
import randomchat.chat.channel.Echo;
import randomchat.chat.channel.PostOutcome;
import randomchat.chat.channel.SeenOutcome;
import randomchat.chat.channel.StoredMessage;
import randomchat.kit.socket.CloseCode;

/**
 * The receiving side of one socket: what its client said, done one after the other, so that nothing
 * overtakes a message that Redis takes long for. Touched by the event loop only.
 *
 * <p>What comes behind a message that may not be stored is refused as {@code unavailable}, see
 * {@link Holds}.
 */
final class Mailbox {

  /** Frames that may wait; a client that is answered sends far less ahead. */
  private static final int MOST_WAITING = 512;

  /** Bytes that a frame may have for each of its message: room for JSON escapes. */
  static final int FRAME_FACTOR = 4;

  private static final int MOST_ERRORS = 100;
  private static final long ERROR_WINDOW_NANOS = 10_000_000_000L;

  private final ChatConnection connection;
  private final ChannelStore store;
  private final FilePayload files;
  private final Rates rates;
  private final int mostBytes;
  private final String internalClient;
  private final ChatMeters meters;

  private final ArrayDeque<Received> waiting = new ArrayDeque<>();
  private boolean busy;
  private long internalCounter;
  private long ownMark;
  private int ownMarkOf; // history
  private Runnable whenIdle;
  private int errors;
  private long errorsSince;

  /**
   * @param position that had been delivered when it came
   * @param history that position is of
   * @param at when it came, {@link System#nanoTime}
   */
  private record Received(ClientFrame frame, long position, int history, long at) {}

  Mailbox(
      ChatConnection connection,
      ChannelStore store,
      FilePayload files,
      Rates rates,
      ChannelSettings settings,
      ChatMeters meters) {
    this.connection = connection;
    this.store = store;
    this.files = files;
    this.rates = rates;
    this.meters = meters;
    this.mostBytes = settings.mostBytes();
    String entry = connection.entry();
    this.internalClient = "." + entry.substring(entry.lastIndexOf(':') + 1);
  }

  void receive(String text) {
    if (whenIdle != null || connection.isClosing()) {
      return; // the client says it again elsewhere, or is not heard any more
    }
    if (isTooLarge(text)) {
      connection.close(CloseCode.TOO_LARGE);
      return;
    }
    ClientFrame frame = FrameReader.read(text);
    switch (frame) {
      case ClientFrame.Refused refused -> error(refused.code(), refused.detail(), refused.key());
      case ClientFrame.Text message -> receiveKept(message, message.bytes());
      case ClientFrame.File file -> receiveKept(file, file.bytes());
      case ClientFrame.Action action -> {
        if (rates.passing().take()) {
          store.act(connection.membership(), action.action());
        } else {
          tooFast(action.key());
        }
      }
      case ClientFrame.Seen seen -> {
        if (!rates.passing().take()) {
          tooFast(seen.key());
        } else {
          enqueue(seen);
        }
      }
    }
  }

  /** Runs an action once nothing waits any more, and takes nothing new. */
  void drain(Runnable action) {
    whenIdle = action;
    if (!busy) {
      action.run();
    }
  }

  private boolean isTooLarge(String text) {
    int most = FRAME_FACTOR * mostBytes;
    return text.length() > most
        || (text.length() * 3L > most && text.getBytes(StandardCharsets.UTF_8).length > most);
  }

  private void receiveKept(ClientFrame frame, int bytes) {
    FrameKey key = frame.key();
    if (bytes > mostBytes) {
      error(ErrorCode.TOO_LONG, "at most %d bytes".formatted(mostBytes), key);
    } else if (connection.holds().isBehind(key)) {
      if (rates.passing().take()) {
        refuse(key);
      } else {
        tooFast(key);
      }
    } else if (rates.kept().take()) {
      enqueue(frame);
    } else {
      tooMany(key);
    }
  }

  private void tooMany(FrameKey key) {
    if (connection.holds().contains(key)) {
      unavailable(key); // "too fast" would say that it is not stored
    } else {
      tooFast(key);
    }
  }

  private void enqueue(ClientFrame frame) {
    if (waiting.size() >= MOST_WAITING) {
      tooMany(frame.key());
      return;
    }
    connection.holds().onTaken(frame.key());
    waiting.add(
        new Received(frame, connection.position(), connection.histories(), System.nanoTime()));
    if (!busy) {
      next();
    }
  }

  private void next() {
    Received received = waiting.poll();
    busy = received != null && !connection.isClosed();
    if (!busy) {
      if (whenIdle != null) {
        whenIdle.run();
      }
      return;
    }
    switch (received.frame()) {
      case ClientFrame.Text text -> {
        String user = connection.membership().user().text();
        post(received, ServerFrame.tail(0, user, text.json(), text.key()));
      }
      case ClientFrame.File file -> postFile(received, file);
      case ClientFrame.Seen seen -> markSeen(seen);
      case ClientFrame.Action action -> next();
      case ClientFrame.Refused refused -> next();
    }
  }

  private void postFile(Received received, ClientFrame.File file) {
    files
        .complete(connection.membership(), file.payload())
        .onFailure(unavailable -> hold(file.key()))
        .onSuccess(
            payload -> {
              if (payload.isEmpty()) {
                error(ErrorCode.UNKNOWN_FILE, "no file of this channel", file.key());
                next();
                return;
              }
              String user = connection.membership().user().text();
              String json = ServerFrame.quoted(payload.get());
              post(received, ServerFrame.tail(3, user, json, file.key()));
            });
  }

  private void post(Received received, String tail) {
    FrameKey key = received.frame().key();
    Draft draft =
        key == null
            ? new Draft(internalClient, ++internalCounter, tail, null)
            : new Draft(key.client(), key.counter(), tail, key.text());
    connection.echo().start(tail, received.at());
    connection.holds().onSent(key, tail);
    store
        .post(connection.membership(), draft)
        .onFailure(unavailable -> hold(key))
        .onSuccess(outcome -> posted(received, outcome));
  }

  private void posted(Received received, PostOutcome outcome) {
    FrameKey key = received.frame().key();
    if (outcome != PostOutcome.STORED) {
      connection.echo().forget();
    }
    switch (outcome) {
      case STORED -> {
        connection.holds().onStored(key);
        meters.posted.increment();
        next(); // its echo comes by the topic
      }
      case REPEAT -> {
        connection.holds().onStored(key);
        connection.whenLive(() -> answerRepeat(received));
      }
      case ENDED -> {
        connection.onEnd();
        next();
      }
      case MISSING -> hold(key);
      case CROWDED -> {
        error(ErrorCode.NOT_ALLOWED, "too many client ids", key);
        next();
      }
    }
  }

  private void answerRepeat(Received received) {
    FrameKey key = received.frame().key();
    if (key == null) {
      next(); // our own second try of one that was stored
      return;
    }
    store
        .echo(connection.membership(), key.client(), key.counter())
        .onFailure(down -> unavailable(key)) // nothing has to wait for it
        .onSuccess(
            echo -> {
              switch (echo) {
                case Echo.Kept kept -> sendEcho(kept.message(), received);
                case Echo.Never never ->
                    error(ErrorCode.OVERTAKEN, "not stored, but what came after it", key);
                case Echo.Unknown unknown ->
                    error(ErrorCode.DUPLICATE, "stored, and no longer kept", key);
              }
            })
        .onComplete(done -> next());
  }

  /** What came later than the frame was stored by our own second try, and came by the stream. */
  private void sendEcho(StoredMessage original, Received received) {
    boolean sameHistory = received.history() == connection.histories();
    long had = sameHistory ? received.position() : 0;
    if (original.position() <= Math.max(had, connection.streamStart())) {
      connection.send(original.frame(false).getBytes(StandardCharsets.UTF_8));
    }
  }

  private void markSeen(ClientFrame.Seen seen) {
    if (ownMarkOf != connection.histories()) {
      ownMark = 0;
      ownMarkOf = connection.histories();
    }
    if (seen.position() <= ownMark) {
      next();
      return;
    }
    store
        .seen(connection.membership(), seen.position())
        .onComplete(
            outcome -> {
              if (outcome.failed() || outcome.result() == SeenOutcome.MISSING) {
                error(ErrorCode.UNAVAILABLE, "try again in a moment", seen.key());
              } else if (outcome.result() == SeenOutcome.UNKNOWN) {
                error(ErrorCode.UNKNOWN_MESSAGE, "there is no such message", seen.key());
              } else if (outcome.result() == SeenOutcome.SEEN) {
                ownMark = seen.position();
              }
              next();
            });
  }

  /** Neither this one nor what waits behind it is known to be stored. */
  private void hold(FrameKey key) {
    connection.echo().forget();
    refuse(key);
    for (Received later; (later = waiting.poll()) != null; ) {
      if (later.frame() instanceof ClientFrame.Seen seen) {
        unavailable(seen.key());
      } else {
        refuse(later.frame().key());
      }
    }
    next();
  }

  private void refuse(FrameKey key) {
    connection.holds().onRefused(key);
    unavailable(key);
  }

  private void unavailable(FrameKey key) {
    tell(ErrorCode.UNAVAILABLE, "try again in a moment", key);
  }

  private void tooFast(FrameKey key) {
    error(ErrorCode.TOO_FAST, "slower, please", key);
  }

  private void error(ErrorCode code, String detail, FrameKey key) {
    long now = System.nanoTime();
    if (now - errorsSince > ERROR_WINDOW_NANOS) {
      errorsSince = now;
      errors = 0;
    }
    if (++errors > MOST_ERRORS) {
      connection.close(CloseCode.FLOODING);
      return;
    }
    tell(code, detail, key);
  }

  private void tell(ErrorCode code, String detail, FrameKey key) {
    String user = connection.membership().user().text();
    connection.send(ServerFrame.error(user, code, detail, key, System.currentTimeMillis()));
  }
}
