package randomchat.kit.socket;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;

/** A request that wants to become a socket. */
public final class UpgradeRequest {

  private UpgradeRequest() {}

  /** Whether the platform can upgrade it, and read its query: what is not so, it trips over. */
  public static boolean isWhole(HttpServerRequest request) {
    String connection = request.getHeader(HttpHeaders.CONNECTION);
    if (request.method() != HttpMethod.GET
        || connection == null
        || !connection.toLowerCase(Locale.ROOT).contains("upgrade")
        || !"websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))
        || !"13".equals(request.getHeader("Sec-WebSocket-Version"))) {
      return false;
    }
    try {
      return request.params() != null;
    } catch (IllegalArgumentException notAQuery) {
      return false;
    }
  }
}
