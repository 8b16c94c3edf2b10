package randomchat.faults.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import randomchat.faults.fleet.Replica;
import randomchat.kit.testing.TestTokens;

/** A user who looks for somebody, as stubbornly as our page does, and notes each token it gets. */
public final class Seeker {

  private static final int SHORTEST_BACKOFF_MILLIS = 500;
  private static final int LONGEST_BACKOFF_MILLIS = 20_000;
  private static final int REPLACED = 4503;

  private final Crowd crowd;
  private final String id;
  private final String cookie;
  private final List<WebSocket> sockets = new ArrayList<>();
  private final Set<String> channels = new HashSet<>();
  private final List<String> history = new ArrayList<>();
  private boolean wanted;
  private int attempts;
  private String token;
  private String peer;

  private Seeker(Crowd crowd, String id, String cookie) {
    this.crowd = crowd;
    this.id = id;
    this.cookie = cookie;
  }

  /** A new user. */
  static Future<Seeker> create(Crowd crowd, Replica users, int number) {
    return crowd
        .send(HttpMethod.POST, users.url("/api/user"), "{\"name\":\"Seeker " + number + "\"}")
        .compose(
            answer -> {
              String cookie = answer.getHeader("Set-Cookie").split(";")[0];
              return answer
                  .body()
                  .map(body -> new Seeker(crowd, Crowd.json("" + body).get("id").asText(), cookie));
            });
  }

  /** Forgets whom it met, and looks for somebody. */
  public void seek() {
    wanted = true;
    token = null;
    peer = null;
    channels.clear();
    history.clear();
    attempts = 0;
    open(false);
  }

  /** Takes a place in the line and never answers a ping: its network is gone, and nobody knows. */
  public void haunt() {
    open(true);
  }

  /** One more tab. */
  public void seekTwice() {
    if (wanted && token == null) {
      open(false);
    }
  }

  /** Its network breaks; it comes again. */
  public void cut() {
    note("cut");
    List.copyOf(sockets).forEach(Crowd::cut);
  }

  private void open(boolean deaf) {
    note("asks");
    crowd
        .seek(crowd.anyMatch().url("/api/match"), cookie)
        .onSuccess(socket -> adopt(socket, deaf))
        .onFailure(refused -> again(refused.getMessage()));
  }

  private void adopt(WebSocket socket, boolean deaf) {
    if (token != null) { // what it looked for came by another tab meanwhile
      socket.close();
      return;
    }
    if (socket.isClosed()) {
      again("closed at once");
      return;
    }
    note("open");
    sockets.add(socket);
    if (deaf) {
      Crowd.deafen(socket);
    }
    socket.exceptionHandler(lost -> {});
    socket.textMessageHandler(text -> take(Crowd.json(text)));
    socket.closeHandler(
        none -> {
          sockets.remove(socket);
          Short code = socket.closeStatusCode();
          if (code == null || code != REPLACED) {
            again("closed with " + code);
          } else {
            note("replaced");
          }
        });
  }

  /** A tab looks again; not one whose place another tab took. */
  private void again(String why) {
    note(why);
    if (wanted && token == null) {
      crowd.later(
          backOff(),
          () -> {
            if (wanted && token == null) {
              open(false);
            }
          });
    }
  }

  /** As our page: anything between the shortest wait and a ceiling that doubles. */
  private int backOff() {
    int ceiling =
        Math.min(LONGEST_BACKOFF_MILLIS, SHORTEST_BACKOFF_MILLIS << Math.min(++attempts, 10));
    return crowd.random().nextInt(SHORTEST_BACKOFF_MILLIS, ceiling);
  }

  private void take(JsonNode frame) {
    if (frame.has("access_token")) {
      token = frame.get("access_token").asText();
      JsonNode claims = TestTokens.claims(token);
      peer = claims.get("peer").asText();
      channels.add(claims.get("channel_id").asText());
    }
  }

  private void note(String what) {
    history.add(what + " at " + System.nanoTime() / 1_000_000 % 100_000);
  }

  /** Never wants to meet that peer again; the status of the answer. */
  public Future<Integer> block() {
    return answer(HttpMethod.POST, crowd.anyMatch().url("/api/match/block"));
  }

  /** Ends the conversation for both; the status of the answer. */
  public Future<Integer> leave() {
    return answer(HttpMethod.DELETE, crowd.anyChat().url("/api/chat/channel?delby=" + id));
  }

  private Future<Integer> answer(HttpMethod method, URI uri) {
    return crowd
        .send(method, uri, "", "Authorization", "Bearer " + token)
        .map(HttpClientResponse::statusCode);
  }

  public String id() {
    return id;
  }

  /** Null while it has nobody. */
  public String peer() {
    return peer;
  }

  /** All channels that it was ever given a token for in this search: one, if all is well. */
  public Set<String> channels() {
    return channels;
  }

  @Override
  public String toString() {
    return "%s: peer %s, channels %s, %d sockets, %s"
        .formatted(id, peer, channels, sockets.size(), history);
  }
}
