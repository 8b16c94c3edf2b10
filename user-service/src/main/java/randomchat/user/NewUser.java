package randomchat.user;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;

/** The body of POST /api/user: a JSON object with a name, whatever its Content-Type says. */
record NewUser(UserName name) {

  private static final ObjectReader STRICT =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  /** Empty for what is not such an object, or has no good name. */
  static Optional<NewUser> parse(byte[] body) {
    try {
      JsonNode name = STRICT.<JsonNode>readValue(body).path("name");
      return UserName.parse(name.textValue()).map(NewUser::new);
    } catch (IOException notJson) {
      return Optional.empty();
    }
  }
}
