package randomchat.faults.attack;

import java.util.ArrayList;
import java.util.List;

/**
 * A request before it is one: all in one byte a character.
 *
 * @param headers whole lines
 */
record Request(String method, String target, List<String> headers, String body) {

  private static final int RAW = 10; // of so many, one is changed as a whole

  static Request get(String target, String... headers) {
    return new Request("GET", target, List.of(headers), "");
  }

  /** What asks for a WebSocket. */
  static Request upgrade(String target, String... more) {
    List<String> headers =
        new ArrayList<>(
            List.of(
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Origin: http://localhost"));
    headers.addAll(List.of(more));
    return new Request("GET", target, headers, "");
  }

  static Request post(String target, String body, String... headers) {
    return new Request("POST", target, List.of(headers), body);
  }

  Request withBody(String body) {
    return new Request(method, target, headers, body);
  }

  /** With another target, another header, or other than a request. */
  String mutatedHead(Mutator mutator) {
    if (mutator.random().nextInt(RAW) == 0) {
      return mutator.mutated(text());
    }
    if (headers.isEmpty() || mutator.random().nextBoolean()) {
      String changed = mutator.mutatedLine(target).replace(' ', '+');
      return new Request(method, changed, headers, body).text();
    }
    List<String> changed = new ArrayList<>(headers);
    int at = mutator.random().nextInt(changed.size());
    changed.set(at, mutator.mutatedLine(changed.get(at)));
    return new Request(method, target, changed, body).text();
  }

  String text() {
    StringBuilder text = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    text.append("Host: localhost\r\n");
    headers.forEach(line -> text.append(line).append("\r\n"));
    if (!body.isEmpty()) {
      text.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    return text.append("\r\n").append(body).toString();
  }
}
