package randomchat.match.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client as the old ones are: it says nothing, and answers pings unless it is deaf. */
final class MatchClient implements WebSocket.Listener {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int SECONDS = 10;

  private final boolean hears;
  private final BlockingQueue<JsonObject> frames = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder text = new StringBuilder();
  private WebSocket socket;

  private MatchClient(boolean hears) {
    this.hears = hears;
  }

  /** Opens a socket; {@code headers} are names and values in turn. */
  static MatchClient open(URI uri, String... headers) {
    return new MatchClient(true).connect(uri, headers);
  }

  /** One that answers no ping and reads nothing until it {@link #listens()}. */
  static MatchClient deaf(URI uri, String... headers) {
    return new MatchClient(false).connect(uri, headers);
  }

  /** The status of a refused upgrade, 101 for one that was not. */
  static int status(URI uri, String... headers) {
    return refusal(uri, headers) instanceof WebSocketHandshakeException refused
        ? refused.getResponse().statusCode()
        : 101;
  }

  static WebSocketHandshakeException refusal(URI uri, String... headers) {
    try {
      open(uri, headers).abort();
      return null;
    } catch (CompletionException e) {
      return (WebSocketHandshakeException) e.getCause();
    }
  }

  private MatchClient connect(URI uri, String... headers) {
    WebSocket.Builder builder = HTTP.newWebSocketBuilder();
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    socket = builder.buildAsync(uri, this).join();
    return this;
  }

  void listens() {
    socket.request(Long.MAX_VALUE);
  }

  @Override
  public void onOpen(WebSocket opened) {
    if (hears) {
      opened.request(Long.MAX_VALUE);
    }
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      frames.add(new JsonObject(text.toString()));
      text.setLength(0);
    }
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed.complete(1006);
  }

  JsonObject frame() {
    return frame(Duration.ofSeconds(SECONDS));
  }

  JsonObject frame(Duration within) {
    try {
      JsonObject frame = frames.poll(within.toMillis(), TimeUnit.MILLISECONDS);
      assertNotNull(frame, "a frame in time");
      return frame;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Its match, which must be the only frame, and the end of it. */
  JsonObject match() {
    JsonObject frame = frame();
    assertEquals(1000, closeCode());
    assertNoFrame();
    return frame;
  }

  void assertNoFrame() {
    assertNull(frames.peek());
  }

  boolean isOpen() {
    return !closed.isDone();
  }

  int closeCode() {
    return closed.orTimeout(SECONDS * 2, TimeUnit.SECONDS).join();
  }

  /** Sends, unless the server has closed already. */
  void send(String frame) {
    socket.sendText(frame, true).exceptionally(closed -> null).join();
  }

  void close() {
    if (!socket.isOutputClosed()) {
      socket.sendClose(1000, "").exceptionally(gone -> null).join();
    }
  }

  /** Cuts the connection without a close frame. */
  void abort() {
    socket.abort();
  }
}
