package randomchat.e2e.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import randomchat.e2e.system.Eventually;
import randomchat.e2e.system.RandomChat;

/** One WebSocket that keeps what it hears. */
public final class Wire implements WebSocket.Listener, AutoCloseable {

  /** What comes last. */
  private static final JsonNode END = MissingNode.getInstance();

  private final boolean hears;
  private final BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder partial = new StringBuilder();
  private WebSocket socket;

  private Wire(boolean hears) {
    this.hears = hears;
  }

  static Wire open(
      HttpClient client, URI uri, List<String> protocols, boolean hears, String... headers) {
    return new Wire(hears).connect(client, uri, protocols, headers);
  }

  static Http.Answer refusal(
      HttpClient client, URI uri, List<String> protocols, String... headers) {
    try {
      open(client, uri, protocols, true, headers).close();
    } catch (CompletionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        var answer = refused.getResponse();
        Object body = answer.body();
        byte[] bytes =
            body instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : new byte[0];
        return new Http.Answer(answer.statusCode(), answer.headers(), bytes);
      }
      throw e;
    }
    throw new AssertionError("the upgrade was not refused: " + uri.getPath());
  }

  private Wire connect(HttpClient client, URI uri, List<String> protocols, String... headers) {
    WebSocket.Builder builder = client.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(10));
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    if (!protocols.isEmpty()) {
      List<String> lesser = protocols.subList(1, protocols.size());
      builder.subprotocols(protocols.getFirst(), lesser.toArray(String[]::new));
    }
    socket =
        builder
            .buildAsync(uri, this)
            .orTimeout(Eventually.PATIENCE_SECONDS, TimeUnit.SECONDS)
            .join();
    return this;
  }

  public void send(String frame) {
    socket.sendText(frame, true).join();
  }

  /** A text as an old client sends it, or with a key as ours does. */
  public void text(String text, String key) {
    ObjectNode frame = RandomChat.json("{\"event\":0}").deepCopy();
    frame.put("payload", text);
    if (key != null) {
      frame.put("key", key);
    }
    send(frame.toString());
  }

  /** The next frame that fits; others before it are dropped. */
  public JsonNode next(Predicate<JsonNode> fits) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Eventually.PATIENCE_SECONDS);
    List<JsonNode> others = new ArrayList<>();
    while (true) {
      try {
        JsonNode frame = heard.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (frame == null) {
          throw new AssertionError("nothing that fits came, but " + others + state());
        }
        if (fits.test(frame)) {
          return frame;
        }
        others.add(frame);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  public JsonNode next(int event) {
    return next(frame -> frame.path("event").asInt(-1) == event);
  }

  public JsonNode action(String action) {
    return next(frame -> isAction(frame, action));
  }

  public static boolean isAction(JsonNode frame, String action) {
    return frame.path("event").asInt() == 1 && frame.path("payload").asText().equals(action);
  }

  public String errorCode() {
    return RandomChat.json(next(4).get("payload").asText()).get("code").asText();
  }

  /** The next frame, or null once it is closed and all was taken. */
  JsonNode take() throws InterruptedException {
    JsonNode frame = heard.take();
    return frame == END ? null : frame;
  }

  /** Whatever has come and was not asked for yet. */
  public List<JsonNode> pending() {
    List<JsonNode> frames = new ArrayList<>();
    heard.drainTo(frames);
    frames.remove(END);
    return frames;
  }

  public boolean isOpen() {
    return !closed.isDone();
  }

  /** The code of the close, 1006 without one. */
  public int closeCode() {
    return closed.orTimeout(Eventually.PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  public void listens() {
    socket.request(Long.MAX_VALUE);
  }

  /** Says goodbye as a page that is closed does. */
  @Override
  public void close() {
    if (!socket.isOutputClosed()) {
      socket.sendClose(1000, "").exceptionally(gone -> null).join();
    }
  }

  /** Ends the connection without a close frame. */
  public void cut() {
    socket.abort();
    end(1006);
  }

  private void end(int code) {
    closed.complete(code);
    heard.add(END);
  }

  private String state() {
    return closed.isDone() ? ", and it was closed with " + closed.join() : "";
  }

  @Override
  public void onOpen(WebSocket opened) {
    if (hears) {
      opened.request(Long.MAX_VALUE);
    }
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    partial.append(part);
    if (last) {
      heard.add(RandomChat.json(partial.toString()));
      partial.setLength(0);
    }
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    end(code);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    end(1006);
  }
}
