package randomchat.chat.socket;

import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnPongMessage;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import org.jboss.logging.Logger;
import randomchat.kit.socket.CloseCode;

/** {@code /api/chat}: tells the sockets' events to who handles them. */
@WebSocket(path = "/api/chat")
public class ChatSocket {

  private static final Logger LOG = Logger.getLogger(ChatSocket.class);

  private final Connections connections;
  private final SocketOpener opener;

  ChatSocket(Connections connections, SocketOpener opener) {
    this.connections = connections;
    this.opener = opener;
  }

  @OnOpen
  Uni<Void> onOpen(WebSocketConnection connection) {
    opener.open(connection);
    return Uni.createFrom().voidItem();
  }

  @OnTextMessage
  Uni<Void> onText(String text, WebSocketConnection connection) {
    connections.find(connection.id()).ifPresent(socket -> socket.receive(text));
    return Uni.createFrom().voidItem();
  }

  @OnPongMessage
  Uni<Void> onPong(Buffer data, WebSocketConnection connection) {
    connections.find(connection.id()).ifPresent(OpenSocket::onPong);
    return Uni.createFrom().voidItem();
  }

  @OnClose
  Uni<Void> onClose(WebSocketConnection connection, CloseReason reason) {
    opener.closed(connection, reason);
    return Uni.createFrom().voidItem();
  }

  /** What the framework could not read is too large; a connection that broke is closed already. */
  @OnError
  Uni<Void> onError(Throwable error, WebSocketConnection connection) {
    LOG.debugf("a socket failed: %s", error.toString());
    return connection.isOpen() && !(error instanceof IOException)
        ? connection.close(CloseCode.TOO_LARGE.asReason()).onFailure().recoverWithNull()
        : Uni.createFrom().voidItem();
  }
}
