package randomchat.e2e.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A page of the original, with only its own paths, headers and frames: a body that is a string,
 * cookies by the browser alone, the token in a query and as a Bearer.
 */
public abstract class OldPage {

  /** A file as the frame that announces it names it. */
  public record SentFile(String name, ObjectNode payload) {}

  protected final Http http;
  protected final String uid;
  protected String token;
  private Wire chat;

  protected OldPage(String origin, String name) {
    http = new Http(origin);
    JsonNode user =
        http.post(
                "/api/user",
                "{\"name\":\"" + name + "\"}",
                "Content-Type",
                "text/plain;charset=UTF-8",
                "Origin",
                origin)
            .expect(201)
            .json();
    uid = user.get("id").asText();
  }

  public String uid() {
    return uid;
  }

  public String token() {
    return token;
  }

  public Wire seek() {
    return http.open("/api/match?uid=" + uid, List.of(), "Origin", http.origin());
  }

  /** Takes any first frame for the match, and goes on to the conversation. */
  public Wire enter(JsonNode match) {
    token = match.get("access_token").asText();
    chat = http.open(chatPath(), List.of(), "Origin", http.origin());
    return chat;
  }

  public String chatPath() {
    return "/api/chat?uid=" + uid + "&access_token=" + token;
  }

  public Wire chat() {
    return chat;
  }

  public void say(String text) {
    send(0, text);
  }

  public void typing(boolean on) {
    send(1, on ? "istyping" : "endtyping");
  }

  public void seen(String messageId) {
    send(2, messageId);
  }

  public void send(SentFile file) {
    send(3, file.payload().toString());
  }

  private void send(int event, String payload) {
    ObjectNode frame = JsonNodeFactory.instance.objectNode();
    frame.put("event", event).put("user_id", uid).put("payload", payload);
    chat.send(frame.toString());
  }

  protected String[] bearer() {
    return Http.bearer(token);
  }

  protected Set<String> ids(String path) {
    Set<String> ids = new TreeSet<>();
    http.get(path, bearer()).expect(200).json().get("user_ids").forEach(id -> ids.add(id.asText()));
    return ids;
  }

  public abstract Set<String> members();

  public abstract Set<String> online();

  /** One page of the history, oldest first. */
  public abstract List<JsonNode> history();

  public abstract String nameOf(String user);

  public abstract SentFile upload(String name, String type, byte[] content);

  /** The bytes behind a file event. */
  public abstract byte[] open(JsonNode payload);

  public abstract void leave();
}
