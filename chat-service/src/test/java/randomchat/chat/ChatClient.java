package randomchat.chat;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A plain WebSocket client that keeps what it hears. */
final class ChatClient implements WebSocket.Listener, AutoCloseable {

  static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder partial = new StringBuilder();
  private WebSocket socket;

  /** Opens a socket as our own page does. */
  static ChatClient open(URI chat, String token) {
    ChatClient client = new ChatClient();
    client.socket =
        HTTP.newWebSocketBuilder()
            .subprotocols("randomchat", "bearer." + token)
            .buildAsync(chat, client)
            .join();
    return client;
  }

  /** Opens a socket as the pages of the original do. */
  static ChatClient openOld(URI chat, String token) {
    ChatClient client = new ChatClient();
    client.socket =
        HTTP.newWebSocketBuilder()
            .buildAsync(URI.create(chat + "?access_token=" + token), client)
            .join();
    return client;
  }

  void say(String frame) {
    socket.sendText(frame, true).join();
  }

  void text(String text, String key) {
    say(JSON.createObjectNode().put("event", 0).put("payload", text).put("key", key).toString());
  }

  /** The next frame that fits; others before it are dropped. */
  JsonNode next(Predicate<JsonNode> fits) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<JsonNode> others = new ArrayList<>();
    while (true) {
      try {
        JsonNode frame = heard.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        assertNotNull(frame, () -> "nothing that fits came, but " + others);
        if (fits.test(frame)) {
          return frame;
        }
        others.add(frame);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  JsonNode next(int event) {
    return next(frame -> frame.get("event").asInt() == event);
  }

  JsonNode action(String action) {
    return next(
        frame -> frame.get("event").asInt() == 1 && frame.get("payload").asText().equals(action));
  }

  String errorCode() {
    return payload(next(4)).get("code").asText();
  }

  /** The frames that have come and were not asked for yet. */
  List<JsonNode> pending() {
    List<JsonNode> frames = new ArrayList<>();
    heard.drainTo(frames);
    return frames;
  }

  static JsonNode payload(JsonNode frame) {
    try {
      return JSON.readTree(frame.get("payload").asText());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int closeCode() throws Exception {
    return closed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  void leave() throws Exception {
    socket.sendClose(1000, "").join();
    closeCode();
  }

  /** Ends the connection without a close frame. */
  void cut() {
    socket.abort();
  }

  @Override
  public void close() {
    socket.abort();
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      try {
        heard.add(JSON.readTree(partial.toString()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      partial.setLength(0);
    }
    webSocket.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    closed.complete(1006);
  }
}
