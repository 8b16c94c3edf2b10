package randomchat.e2e.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import randomchat.e2e.system.RandomChat;

/** What a browser's network stack is to a page: requests to one origin, with a cookie jar. */
public final class Http {

  private final String origin;
  private final HttpClient client;

  /** An answer, whatever its status. */
  public record Answer(int status, HttpHeaders headers, byte[] bytes) {

    public String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }

    public JsonNode json() {
      return RandomChat.json(text());
    }

    public String header(String name) {
      return headers.firstValue(name).orElse("");
    }

    /** The answer, which must have this status. */
    public Answer expect(int expected) {
      if (status != expected) {
        throw new AssertionError("expected " + expected + ", was " + status + ": " + text());
      }
      return this;
    }
  }

  public Http(String origin) {
    this(origin, HttpClient.newBuilder());
  }

  /** Over TLS, with whatever that context trusts. */
  public Http(String origin, SSLContext tls) {
    this(origin, HttpClient.newBuilder().sslContext(tls));
  }

  private Http(String origin, HttpClient.Builder builder) {
    this(
        origin,
        builder
            .followRedirects(HttpClient.Redirect.NORMAL)
            .cookieHandler(new CookieManager())
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build());
  }

  private Http(String origin, HttpClient client) {
    this.origin = origin;
    this.client = client;
  }

  /** The same browser at another address; cookies are for all ports of a host. */
  public Http at(String other) {
    return new Http(other, client);
  }

  public String origin() {
    return origin;
  }

  public Answer get(String path, String... headers) {
    return send("GET", path, BodyPublishers.noBody(), headers);
  }

  public Answer delete(String path, String... headers) {
    return send("DELETE", path, BodyPublishers.noBody(), headers);
  }

  public Answer post(String path, String body, String... headers) {
    return send("POST", path, BodyPublishers.ofString(body), headers);
  }

  /**
   * @param headers names and values in turn
   */
  public Answer send(String method, String path, BodyPublisher body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(origin + path))
            .method(method, body)
            .timeout(Duration.ofSeconds(40));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
      return new Answer(answer.statusCode(), answer.headers(), answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path, e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One file in a form, as a browser sends it. */
  public Answer upload(
      String path, String field, String name, String type, byte[] content, String... headers) {
    String border = "border-" + RandomChat.randomHex();
    String head =
        "--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\nContent-Type: %s\r\n\r\n"
            .formatted(border, field, name, type);
    BodyPublisher body =
        BodyPublishers.ofByteArrays(
            List.of(
                head.getBytes(StandardCharsets.UTF_8),
                content,
                ("\r\n--" + border + "--\r\n").getBytes(StandardCharsets.UTF_8)));
    List<String> all = new ArrayList<>(List.of(headers));
    all.addAll(List.of("Content-Type", "multipart/form-data; boundary=" + border));
    return send("POST", path, body, all.toArray(String[]::new));
  }

  /** Opens a WebSocket; the cookie jar takes part. */
  public Wire open(String path, List<String> protocols, String... headers) {
    return Wire.open(client, socketUri(path), protocols, true, headers);
  }

  /** One that reads nothing, and so answers no ping, until it {@link Wire#listens()}. */
  public Wire openDeaf(String path, String... headers) {
    return Wire.open(client, socketUri(path), List.of(), false, headers);
  }

  /** The answer to an upgrade that is refused. */
  public Answer refusal(String path, List<String> protocols, String... headers) {
    return Wire.refusal(client, socketUri(path), protocols, headers);
  }

  private URI socketUri(String path) {
    return URI.create("ws" + origin.substring(4) + path);
  }

  public static String[] bearer(String token) {
    return new String[] {"Authorization", "Bearer " + token};
  }
}
