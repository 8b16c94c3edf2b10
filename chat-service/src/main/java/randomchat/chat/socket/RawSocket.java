package randomchat.chat.socket;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.websockets.next.WebSocketConnection;
import io.quarkus.websockets.next.runtime.WebSocketConnectionBase;
import io.vertx.core.http.ServerWebSocket;
import java.lang.reflect.Method;

/**
 * The socket under one of the framework's, which can send bytes that are encoded already: the
 * framework itself encodes a text anew for every receiver.
 */
@RegisterForReflection(targets = WebSocketConnectionBase.class, fields = false)
final class RawSocket {

  private static final Method WEB_SOCKET = webSocketMethod();

  private RawSocket() {}

  static ServerWebSocket of(WebSocketConnection connection) {
    try {
      return (ServerWebSocket) WEB_SOCKET.invoke(connection);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Method webSocketMethod() {
    try {
      Method method = WebSocketConnectionBase.class.getDeclaredMethod("webSocket");
      method.setAccessible(true);
      return method;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }
}
