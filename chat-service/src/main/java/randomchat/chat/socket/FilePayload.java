package randomchat.chat.socket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.regex.Pattern;
import randomchat.chat.channel.ChannelStore;
import randomchat.chat.channel.Membership;

/**
 * The payload of a file event. A client names the file by its object key or by its URL; everybody
 * receives both, with what the uploader knows of it.
 */
@Singleton
final class FilePayload {

  private static final String URL_PREFIX = "/files/";
  private static final int LONGEST_NAME = 255; // characters; of most file systems

  /** What could make a name look like another: controls, halves of characters, turned text. */
  private static final Pattern UNSEEN =
      Pattern.compile("[\\p{Cc}\\p{Cs}\\u061C\\u200E\\u200F\\u2028-\\u202E\\u2066-\\u2069]");

  private final ObjectMapper json;
  private final ChannelStore store;

  FilePayload(ObjectMapper json, ChannelStore store) {
    this.json = json;
    this.store = store;
  }

  /** The whole payload; empty if it names no file that this system issued for this channel. */
  Future<Optional<String>> complete(Membership member, String payload) {
    Optional<JsonNode> given = object(payload);
    Optional<String> key =
        given
            .flatMap(FilePayload::objectKey)
            .filter(k -> k.startsWith(member.channel().text() + "/"));
    if (key.isEmpty()) {
      return Future.succeededFuture(Optional.empty());
    }
    return store
        .upload(member.channel(), key.get())
        .map(upload -> upload.map(known -> whole(given.get(), key.get(), known)));
  }

  private static Optional<String> objectKey(JsonNode given) {
    if (given.path("object_key").isTextual()) {
      return Optional.of(given.path("object_key").textValue());
    }
    return Optional.ofNullable(given.path("file_url").textValue())
        .filter(url -> url.startsWith(URL_PREFIX))
        .map(url -> url.substring(URL_PREFIX.length()));
  }

  private String whole(JsonNode given, String key, String known) {
    ObjectNode whole = json.createObjectNode();
    whole.put("file_name", name(given.path("file_name").asText("")));
    whole.put("object_key", key);
    whole.put("file_url", URL_PREFIX + key);
    object(known)
        .ifPresent(
            upload -> {
              if (upload.hasNonNull("type")) {
                whole.put("content_type", upload.get("type").asText());
              }
              if (upload.hasNonNull("size")) {
                whole.put("size", upload.get("size").asLong());
              }
            });
    return whole.toString();
  }

  private static String name(String given) {
    String plain = UNSEEN.matcher(given).replaceAll("").strip();
    if (plain.isEmpty()) {
      return "file";
    }
    int length = Math.min(plain.codePointCount(0, plain.length()), LONGEST_NAME);
    return plain.substring(0, plain.offsetByCodePoints(0, length));
  }

  private Optional<JsonNode> object(String text) {
    try {
      return Optional.ofNullable(json.readTree(text)).filter(JsonNode::isObject);
    } catch (JsonProcessingException notJson) {
      return Optional.empty();
    }
  }
}
