package randomchat.e2e.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The page of the light edition, which knows Redis only. */
public final class LightPage extends OldPage {

  public LightPage(String origin, String name) {
    super(origin, name);
  }

  @Override
  public Set<String> members() {
    return ids("/api/chanusers");
  }

  @Override
  public Set<String> online() {
    return ids("/api/chanusers/online");
  }

  @Override
  public List<JsonNode> history() {
    List<JsonNode> messages = new ArrayList<>();
    JsonNode page = http.get("/api/channel/messages", bearer()).expect(200).json();
    page.get("messages").forEach(messages::add);
    return messages;
  }

  @Override
  public String nameOf(String user) {
    return http.get("/api/user/" + user + "/name").expect(200).json().get("name").asText();
  }

  @Override
  public SentFile upload(String name, String type, byte[] content) {
    JsonNode file =
        http.upload("/api/file", "file", name, type, content, bearer()).expect(201).json();
    return new SentFile(file.get("file_name").asText(), (ObjectNode) file);
  }

  /** An address in a src attribute without quotes: no token, no query, a picture by its end. */
  @Override
  public byte[] open(JsonNode payload) {
    String url = payload.get("file_url").asText();
    if (!url.matches("/[\\w/.-]+\\.[a-z0-9]+")) {
      throw new AssertionError("not an address for an attribute without quotes: " + url);
    }
    return new Http(http.origin()).get(url).expect(200).bytes();
  }

  @Override
  public void leave() {
    http.delete("/api/channel?delby=" + uid, bearer()).expect(204);
  }
}
