package randomchat.chat.socket;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrameType;
import io.vertx.core.http.impl.ws.WebSocketFrameImpl;
import randomchat.kit.socket.ClientLine;
import randomchat.kit.socket.CloseCode;

/**
 * What is on its way to one client: bounded, and closed from here. Touched by the event loop only.
 */
final class OutgoingQueue {

  /** Bytes that may wait for a client before it is served from the stream instead. */
  static final int MOST_BYTES = 128 * 1024;

  private static final int DRAINED_BYTES = MOST_BYTES / 4;

  private final ServerWebSocket socket;
  private final Channel channel;
  private int waiting;
  private long lastProgress = System.nanoTime();
  private Runnable onDrained;
  private boolean closing;

  OutgoingQueue(ServerWebSocket socket, Channel channel) {
    this.socket = socket;
    this.channel = channel;
  }

  /** Sends a frame; false, and not sent, if too much waits already. */
  boolean offer(byte[] frame) {
    if (waiting + frame.length > MOST_BYTES && waiting > 0) {
      return false;
    }
    write(frame);
    return true;
  }

  /** Sends a frame that nothing repeats, if need be beyond the bound; up to twice the bound. */
  void insist(byte[] frame) {
    if (waiting + frame.length > 2 * MOST_BYTES && waiting > 0) {
      kill(CloseCode.NOT_READING); // it comes back and asks again
    } else {
      write(frame);
    }
  }

  private void write(byte[] frame) {
    if (waiting == 0) {
      lastProgress = System.nanoTime();
    }
    waiting += frame.length;
    socket
        .writeFrame(
            new WebSocketFrameImpl(WebSocketFrameType.TEXT, Unpooled.wrappedBuffer(frame), true))
        .onComplete(written -> written(frame.length));
  }

  /** Runs {@code action} once, as soon as something more and most of what waits is written. */
  void whenDrained(Runnable action) {
    if (waiting == 0) {
      action.run();
    } else {
      onDrained = action;
    }
  }

  /** How long nothing could be written although something waits, nanoseconds. */
  long stalled(long now) {
    return waiting == 0 ? 0 : now - lastProgress;
  }

  /** Whether something waits, and something was written in that time, nanoseconds. */
  boolean isDraining(long now, long within) {
    return waiting > 0 && stalled(now) <= within;
  }

  void ping() {
    socket.writePing(Buffer.buffer());
  }

  void close(CloseCode code) {
    closing = true;
    if (!socket.isClosed()) {
      socket.close(code.code(), code.reason());
    }
  }

  /** Whether the client was told to go: what it still says does not count. */
  boolean isClosing() {
    return closing;
  }

  /** The connection under it. */
  Channel channel() {
    return channel;
  }

  /** As {@link #close}, for a client that may not take the close frame. */
  void kill(CloseCode code) {
    close(code);
    ClientLine.kill(channel);
  }

  private void written(int bytes) {
    waiting -= bytes;
    lastProgress = System.nanoTime();
    if (onDrained != null && waiting <= DRAINED_BYTES) {
      Runnable action = onDrained;
      onDrained = null;
      action.run();
    }
  }
}
