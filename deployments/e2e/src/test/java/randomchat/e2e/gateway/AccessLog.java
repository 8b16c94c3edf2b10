package randomchat.e2e.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import randomchat.e2e.client.Http;
import randomchat.e2e.system.Eventually;
import randomchat.e2e.system.RandomChat;

/** What a gateway has noted, one request a line. */
public record AccessLog(Path file) {

  /** The line of that answer, as soon as it is written. */
  public JsonNode lineOf(Http.Answer answer) {
    return line(answer.header("X-Request-Id"));
  }

  public JsonNode line(String requestId) {
    AtomicReference<JsonNode> found = new AtomicReference<>();
    Eventually.is(
        "the access log knows " + requestId,
        () -> {
          lines().stream()
              .filter(line -> line.contains("\"" + requestId + "\""))
              .findFirst()
              .ifPresent(line -> found.set(RandomChat.json(line)));
          return found.get() != null;
        });
    return found.get();
  }

  public List<String> lines() {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
