package randomchat.uploader.upload;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import randomchat.uploader.type.FileName;
import randomchat.uploader.type.FileType;

/**
 * An upload as recorded; chat-service reads {@code state}, {@code type} and {@code size}.
 *
 * @param type under which it is served; absent while issued
 * @param size in bytes; absent while issued
 * @param state {@code issued}: a key somebody may write to, at which nobody looked yet; {@code
 *     clean}: looked at, and nobody may write to it
 * @param object the key under which a clean upload lies, where that is not the one clients know
 * @param name of the file, where known
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record UploadRecord(String type, Long size, String state, String object, String name) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static UploadRecord issued() {
    return new UploadRecord(null, null, "issued", null, null);
  }

  static UploadRecord clean(FileType type, long size, String object, FileName name) {
    String called = name == null ? null : name.value();
    return new UploadRecord(type.mediaType(), size, "clean", object, called);
  }

  boolean isClean() {
    return state.equals("clean");
  }

  String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static UploadRecord parse(String json) {
    try {
      return JSON.readValue(json, UploadRecord.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not a record of ours", e);
    }
  }
}
