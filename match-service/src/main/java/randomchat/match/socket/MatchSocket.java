package randomchat.match.socket;

import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnPingMessage;
import io.quarkus.websockets.next.OnPongMessage;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.UserData;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import randomchat.kit.socket.CloseCode;

/** Where a user waits for a match. A client says nothing here: it answers pings, and closes. */
@WebSocket(path = "/api/match")
class MatchSocket {

  private static final UserData.TypedKey<Seat> SEAT = new UserData.TypedKey<>("seat");

  private final WaitingRoom room;

  MatchSocket(WaitingRoom room) {
    this.room = room;
  }

  @OnOpen
  Uni<Void> open(WebSocketConnection connection) {
    Visit visit = connection.userData().get(Visit.KEY);
    Seat seat = new Seat(visit, connection);
    connection.userData().put(SEAT, seat);
    return room.run(() -> room.enter(seat));
  }

  @OnTextMessage
  Uni<Void> text(String ignored, WebSocketConnection connection) {
    return room.run(() -> room.onNoise(seat(connection)));
  }

  @OnBinaryMessage
  Uni<Void> binary(Buffer ignored, WebSocketConnection connection) {
    return room.run(() -> room.onNoise(seat(connection)));
  }

  @OnPingMessage
  Uni<Void> ping(Buffer ignored, WebSocketConnection connection) {
    return room.run(() -> room.onNoise(seat(connection)));
  }

  @OnPongMessage
  Uni<Void> pong(Buffer nonce, WebSocketConnection connection) {
    return room.run(() -> room.onPong(seat(connection), nonce));
  }

  /** Mostly a message that is too large; a connection that broke is closed without our doing. */
  @OnError
  Uni<Void> fail(Throwable error, WebSocketConnection connection) {
    boolean isLost = error instanceof IOException || connection.isClosed();
    return isLost
        ? Uni.createFrom().voidItem()
        : room.run(() -> room.end(seat(connection), CloseCode.TOO_LARGE));
  }

  @OnClose
  Uni<Void> close(WebSocketConnection connection, CloseReason reason) {
    return room.run(() -> room.onClosed(seat(connection), reason.getCode()));
  }

  private static Seat seat(WebSocketConnection connection) {
    return connection.userData().get(SEAT);
  }
}
