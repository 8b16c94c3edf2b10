package randomchat.e2e.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import randomchat.kit.testing.TestTokens;

/** Somebody who uses the protocol as our own page does, without a page. */
public final class Person {

  private final Http http;
  private final String id;
  private String token;

  public Person(String origin, String name) {
    this(new Http(origin), name);
  }

  public Person(Http http, String name) {
    this.http = http;
    String body = "{\"name\":\"" + name + "\"}";
    this.id = http.post("/api/user", body).expect(201).json().get("id").asText();
  }

  /** Two who were matched with each other. */
  public record Pair(Person one, Person other) implements AutoCloseable {

    @Override
    public void close() {
      one.leave();
    }
  }

  /** Two new people meet by the one way there is. */
  public static Pair pair(String origin) {
    Person one = new Person(origin, "Ann");
    Person other = new Person(origin, "Ben");
    Wire seeking = one.seek();
    other.meet();
    one.take(seeking.next(frame -> frame.has("access_token")));
    return new Pair(one, other);
  }

  public Http http() {
    return http;
  }

  public String id() {
    return id;
  }

  public String token() {
    return token;
  }

  public String channel() {
    return TestTokens.claims(token).get("channel_id").asText();
  }

  /** Waits in the pool until somebody comes; keeps the token. */
  public Person meet() {
    Wire seeking = seek();
    take(seeking.next(frame -> frame.has("access_token")));
    seeking.closeCode();
    return this;
  }

  public Wire seek() {
    return http.open("/api/match?waiting=1", List.of());
  }

  public Person take(JsonNode match) {
    token = match.get("access_token").asText();
    return this;
  }

  /** A socket to the channel, as of now or from a position. */
  public Wire enter(String since) {
    return http.open(chat(since), List.of("randomchat", "bearer." + token));
  }

  public static String chat(String since) {
    return since == null ? "/api/chat" : "/api/chat?since=" + since;
  }

  public Http.Answer upload(String name, String type, byte[] content) {
    return http.upload(
        "/api/uploader/upload/files", "files", name, type, content, Http.bearer(token));
  }

  public JsonNode history() {
    return http.get("/api/chat/channel/messages", Http.bearer(token)).expect(200).json();
  }

  public void leave() {
    http.delete("/api/chat/channel", Http.bearer(token));
  }
}
