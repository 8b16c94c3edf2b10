package randomchat.e2e.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import randomchat.e2e.system.RandomChat;

/** The page of the Kafka edition, which sends files to the store by itself. */
public final class KafkaPage extends OldPage {

  public KafkaPage(String origin, String name) {
    super(origin, name);
  }

  @Override
  public Set<String> members() {
    return ids("/api/chat/users");
  }

  @Override
  public Set<String> online() {
    return ids("/api/chat/users/online");
  }

  @Override
  public List<JsonNode> history() {
    List<JsonNode> messages = new ArrayList<>();
    JsonNode page = http.get("/api/chat/channel/messages?ps=", bearer()).expect(200).json();
    page.get("messages").forEach(messages::add);
    Collections.reverse(messages);
    return messages;
  }

  @Override
  public String nameOf(String user) {
    return http.get("/api/user?uid=" + user).expect(200).json().get("name").asText();
  }

  @Override
  public SentFile upload(String name, String type, byte[] content) {
    String extension = name.substring(name.lastIndexOf('.'));
    JsonNode signed =
        http.get("/api/uploader/upload/presigned?ext=" + extension, bearer()).expect(200).json();
    http.send("PUT", signed.get("url").asText(), BodyPublishers.ofByteArray(content)).expect(200);
    ObjectNode payload = RandomChat.json("{}").deepCopy();
    payload.put("file_name", name).set("object_key", signed.get("object_key"));
    return new SentFile(name, payload);
  }

  /** The other way that this edition has: a form. */
  public SentFile uploadByForm(String name, String type, byte[] content) {
    JsonNode file =
        http.upload("/api/uploader/upload/files", "files", name, type, content, bearer())
            .expect(201)
            .json()
            .at("/uploaded_files/0");
    ObjectNode payload = RandomChat.json("{}").deepCopy();
    payload.set("file_name", file.get("name"));
    payload.set("file_url", file.get("url"));
    return new SentFile(name, payload);
  }

  @Override
  public byte[] open(JsonNode payload) {
    byte[] key = payload.get("object_key").asText().getBytes(StandardCharsets.UTF_8);
    String btoa = Base64.getEncoder().encodeToString(key);
    JsonNode signed =
        http.get("/api/uploader/download/presigned?okb64=" + btoa, bearer()).expect(200).json();
    return http.get(signed.get("url").asText()).expect(200).bytes();
  }

  @Override
  public void leave() {
    http.delete("/api/chat/channel?delby=" + uid, bearer()).expect(204);
  }
}
