package randomchat.chat.socket;

import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import randomchat.chat.channel.ChannelSettings;
import randomchat.chat.channel.ChannelStore;
import randomchat.chat.channel.Membership;
import randomchat.chat.topic.LeaseKeeper;
import randomchat.chat.topic.LocalChannels;
import randomchat.kit.socket.CloseCode;

/** Sets up what a socket needs, in the order that loses nothing, and takes it down again. */
@Singleton
final class SocketOpener {

  /** Closes by which a client says that it is gone; after any other it may be back at once. */
  private static final Set<Integer> GONE = Set.of(1000, 1001, 1005);

  private static final int UNTOLD_MILLIS = 1_000;

  private final Vertx vertx;
  private final Connections connections;
  private final LocalChannels channels;
  private final LeaseKeeper leases;
  private final ChannelStore store;
  private final Sides sides;

  /** What the two sides of a socket are made with. */
  @Singleton
  record Sides(
      CatchUps catchUps,
      FilePayload files,
      ChannelSettings channel,
      SocketSettings socket,
      ChatMeters meters) {}

  SocketOpener(
      Vertx vertx,
      Connections connections,
      LocalChannels channels,
      LeaseKeeper leases,
      ChannelStore store,
      Sides sides) {
    this.vertx = vertx;
    this.connections = connections;
    this.channels = channels;
    this.leases = leases;
    this.store = store;
    this.sides = sides;
  }

  /** Follow the topic, then write the presence, then read the state, then go live. */
  void open(WebSocketConnection webSocket) {
    ChatUpgrade.Admitted admitted = webSocket.userData().get(ChatUpgrade.ADMITTED);
    Membership member = admitted.member();
    OutgoingQueue out = new OutgoingQueue(RawSocket.of(webSocket), admitted.channel());
    String entry = member.user().text() + ":" + admitted.since() + ":" + webSocket.id();
    ChatConnection connection =
        new ChatConnection(admitted, entry, out, sides.catchUps(), sides.meters(), vertx);
    Rates rates =
        connections
            .sibling(member)
            .map(OpenSocket::rates)
            .orElseGet(() -> Rates.from(sides.socket()));
    Mailbox mailbox =
        new Mailbox(connection, store, sides.files(), rates, sides.channel(), sides.meters());
    connections.add(webSocket.id(), new OpenSocket(connection, mailbox, rates));
    admitted
        .channel()
        .closeFuture() // in case that nobody tells: it may be closed already
        .addListener(end -> vertx.setTimer(UNTOLD_MILLIS, timer -> closed(webSocket, null)));
    channels
        .join(connection)
        .onFailure(unavailable -> connection.close(CloseCode.UNAVAILABLE))
        .onSuccess(
            following -> {
              if (!connection.isClosed()) {
                store.renew(member.channel(), List.of(entry), leases.mayExpire());
                connection.catchUp(); // in the same write, after it
              }
            });
  }

  void closed(WebSocketConnection webSocket, CloseReason reason) {
    connections
        .find(webSocket.id())
        .ifPresent(
            socket -> {
              connections.remove(webSocket.id());
              ChatConnection connection = socket.connection();
              connection.onClosed();
              channels.leave(connection);
              if (reason != null && GONE.contains(reason.getCode())) {
                store.depart(connection.membership(), connection.entry());
              }
            });
  }
}
