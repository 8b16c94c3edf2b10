package randomchat.faults.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.http.impl.WebSocketInternal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import randomchat.faults.fleet.Fleet;
import randomchat.faults.fleet.Replica;
import randomchat.kit.testing.Await;

/**
 * Many people who talk, on one event loop: whatever they have and do is touched by that loop only.
 */
public final class Crowd implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Logger NOISE =
      Logger.getLogger("io.vertx.core"); // of connections that are broken here
  private static final Logger BLOCKED =
      Logger.getLogger("io.vertx.core.impl.BlockedThreadChecker"); // where the loop hangs

  private static final int PATIENCE_SECONDS = 30;
  private static final int CONNECT_MILLIS = 3_000;
  private static final int SEEK_MILLIS = 10_000; // as our page; thousands come at once

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final WebSocketClient sockets =
      vertx.createWebSocketClient(
          new WebSocketClientOptions().setConnectTimeout(CONNECT_MILLIS).setMaxConnections(50_000));
  private final HttpClient http =
      vertx.createHttpClient(
          new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS).setMaxPoolSize(50));
  private final Fleet fleet;
  private final Random random;
  private final List<Room> rooms = new ArrayList<>();

  public Crowd(Fleet fleet, long seed) {
    this.fleet = fleet;
    this.random = new Random(seed);
    NOISE.setLevel(Level.OFF);
    BLOCKED.setLevel(Level.WARNING);
  }

  /** So many more rooms of two, all of whom are there when this returns. */
  public void open(int count) {
    run(
        () -> {
          for (int i = 0; i < count; i++) {
            Room room = new Room(this, 1 + rooms.size());
            rooms.add(room);
            room.connect();
          }
        });
    Await.until("all are there", 60, () -> onLoop(() -> rooms.stream().allMatch(Room::isThere)));
  }

  public List<Room> rooms() {
    return rooms;
  }

  /** So many new users, made by user-service. */
  public List<Seeker> seekers(Replica users, int count) {
    List<Future<Seeker>> made = new ArrayList<>();
    run(
        () -> {
          for (int i = 1; i <= count; i++) {
            made.add(Seeker.create(this, users, i));
          }
        });
    return made.stream().map(Crowd::join).toList();
  }

  public List<Member> members() {
    return rooms.stream().flatMap(room -> room.members().stream()).toList();
  }

  /** All talk, type and read from now on. */
  public void talk() {
    run(() -> rooms.forEach(Room::talk));
  }

  /** Nobody says anything more; waits until all that was said is where it belongs. */
  public void settle(int seconds) {
    run(() -> rooms.forEach(Room::hush));
    Await.until(
        () -> onLoop(this::unsettled),
        seconds,
        () -> onLoop(() -> rooms.stream().allMatch(Room::isSettled)));
  }

  private String unsettled() {
    return rooms.stream().filter(room -> !room.isSettled()).limit(3).toList().toString();
  }

  public <T> T onLoop(Supplier<T> action) {
    CompletableFuture<T> result = new CompletableFuture<>();
    vertx
        .getOrCreateContext() // there is one loop
        .runOnContext(
            none -> {
              try {
                result.complete(action.get());
              } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
              }
            });
    return result.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  public void run(Runnable action) {
    onLoop(
        () -> {
          action.run();
          return null;
        });
  }

  /**
   * The result of a request, for whoever is not on the loop. It begins there: what is asked for the
   * body of an answer once that has begun to arrive misses its beginning.
   */
  <T> T await(Supplier<Future<T>> request) {
    return join(onLoop(request));
  }

  private static <T> T join(Future<T> result) {
    return result
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .join();
  }

  Random random() {
    return random;
  }

  public void later(long millis, Runnable action) {
    vertx.setTimer(Math.max(1, millis), timer -> action.run());
  }

  Replica anyChat() {
    return any(fleet.chats());
  }

  Replica anyMatch() {
    return any(fleet.matches());
  }

  /** Some replica that takes clients; any if none does. */
  private Replica any(List<? extends Replica> replicas) {
    List<? extends Replica> up = replicas.stream().filter(Replica::isUp).toList();
    List<? extends Replica> choice = up.isEmpty() ? replicas : up;
    return choice.get(random.nextInt(choice.size()));
  }

  Future<WebSocket> open(URI uri, String token) {
    return sockets.connect(
        to(uri)
            .setTimeout(CONNECT_MILLIS)
            .addSubProtocol("randomchat")
            .addSubProtocol("bearer." + token));
  }

  /** Looks for somebody to talk to. */
  Future<WebSocket> seek(URI uri, String cookie) {
    return sockets.connect(to(uri).setTimeout(SEEK_MILLIS).addHeader("Cookie", cookie));
  }

  private static WebSocketConnectOptions to(URI uri) {
    return new WebSocketConnectOptions()
        .setHost(uri.getHost())
        .setPort(uri.getPort())
        .setURI(pathOf(uri));
  }

  private static String pathOf(URI uri) {
    return uri.getRawQuery() == null
        ? uri.getRawPath()
        : uri.getRawPath() + "?" + uri.getRawQuery();
  }

  /** Reads nothing any more, not even a ping. */
  static void deafen(WebSocket socket) {
    ((WebSocketInternal) socket).channelHandlerContext().channel().config().setAutoRead(false);
  }

  /** Breaks a connection as a network does: no close frame. */
  static void cut(WebSocket socket) {
    ((WebSocketInternal) socket).channelHandlerContext().pipeline().firstContext().close();
  }

  Future<HttpClientResponse> send(HttpMethod method, URI uri, String body, String... header) {
    return http.request(method, uri.getPort(), uri.getHost(), pathOf(uri))
        .compose(
            request -> {
              if (header.length > 0) {
                request.putHeader(header[0], header[1]);
              }
              return request.send(body);
            });
  }

  Future<JsonNode> get(URI uri, String token) {
    return http.request(HttpMethod.GET, uri.getPort(), uri.getHost(), pathOf(uri))
        .compose(request -> request.putHeader("Authorization", "Bearer " + token).send())
        .compose(
            answer ->
                answer
                    .body()
                    .map(
                        body -> {
                          if (answer.statusCode() != 200) {
                            throw new IllegalStateException(answer.statusCode() + ": " + body);
                          }
                          return json(body.toString());
                        }));
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    run(() -> rooms.forEach(Room::leave));
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
