package randomchat.kit.token;

import java.time.Instant;
import java.util.Map;

/**
 * What a verified token says.
 *
 * @param texts the other claims that are strings, by name
 */
public record Claims(String subject, Instant expiresAt, Map<String, String> texts) {

  public Claims {
    texts = Map.copyOf(texts);
  }
}
