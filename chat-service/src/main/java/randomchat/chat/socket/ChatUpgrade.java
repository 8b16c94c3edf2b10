package randomchat.chat.socket;

import io.netty.channel.Channel;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import randomchat.chat.channel.Arrival;
import randomchat.chat.channel.ChannelState;
import randomchat.chat.channel.ChannelStore;
import randomchat.chat.channel.Membership;
import randomchat.chat.channel.Memberships;
import randomchat.chat.channel.Place;
import randomchat.kit.socket.Admission;
import randomchat.kit.socket.ClientLine;
import randomchat.kit.socket.Refusals;
import randomchat.kit.socket.Refusals.Reason;
import randomchat.kit.socket.UpgradeRequest;
import randomchat.kit.token.Tokens;

/**
 * Decides before the 101 whether a socket may open: 400 bad query, 401 no good token, 403 foreign
 * {@code uid}, 404 channel ended, 503 no room or no Redis. A socket that opened is allowed.
 */
@Singleton
final class ChatUpgrade implements HttpUpgradeCheck {

  static final TypedKey<Admitted> ADMITTED = new TypedKey<>("admitted");

  private static final Pattern SINCE = Pattern.compile("(0|[1-9]\\d{0,14})(?:\\.(\\d{1,15}))?");
  private static final String BEARER_PROTOCOL = "bearer.";

  private final Memberships memberships;
  private final ChannelStore store;
  private final Admission admission;
  private final Refusals refusals;

  /**
   * Who may open a socket.
   *
   * @param from where to go on; for who does not resume: the newest message before the socket
   *     opens, so that what is read elsewhere once it is open leaves no gap
   * @param resumes whether the client said where to go on
   * @param since when it came, milliseconds since the epoch on the clock of Redis
   * @param channel the connection under it
   */
  record Admitted(Membership member, Place from, boolean resumes, long since, Channel channel) {}

  ChatUpgrade(Memberships memberships, ChannelStore store, Admission admission, Refusals refusals) {
    this.memberships = memberships;
    this.store = store;
    this.admission = admission;
    this.refusals = refusals;
  }

  @Override
  public Uni<CheckResult> perform(HttpUpgradeContext context) {
    HttpServerRequest request = context.httpRequest();
    if (!UpgradeRequest.isWhole(request)) {
      return refuse(Reason.BAD_REQUEST);
    }
    Optional<Membership> member = token(request).flatMap(memberships::of);
    if (member.isEmpty()) {
      return refuse(Reason.UNAUTHORIZED);
    }
    String uid = request.getParam("uid");
    if (uid != null && !uid.equals(member.get().user().text())) {
      return refuse(Reason.FORBIDDEN);
    }
    Optional<Place> from = place(request.getParam("since"));
    if (from.isEmpty()) {
      return refuse(Reason.BAD_REQUEST);
    }
    if (!admission.enter()) {
      return Uni.createFrom().item(refusals.refuseForRoom());
    }
    return Uni.createFrom()
        .completionStage(() -> store.enter(member.get()).toCompletionStage())
        .onItemOrFailure()
        .transformToUni(
            (arrival, failure) -> {
              if (failure == null && arrival.state().isOpen()) {
                return permit(context, member.get(), from.get(), arrival);
              }
              admission.leave();
              return failure == null
                  ? refuseEntry(member.get(), arrival.state())
                  : refuse(Reason.UNAVAILABLE);
            });
  }

  private Uni<CheckResult> permit(
      HttpUpgradeContext context, Membership member, Place from, Arrival arrival) {
    Channel channel = ClientLine.of(context.httpRequest());
    if (!channel.isActive()) { // gone while we asked
      admission.leave();
      return CheckResult.rejectUpgrade(503);
    }
    admission.leaveWith(channel);
    boolean resumes = from != Place.NOW;
    Place start =
        resumes ? from : new Place(arrival.head(), arrival.headTime(), arrival.peerMark());
    context.userData().put(ADMITTED, new Admitted(member, start, resumes, arrival.now(), channel));
    return CheckResult.permitUpgrade();
  }

  private Uni<CheckResult> refuseEntry(Membership member, ChannelState state) {
    if (state == ChannelState.ALONE) {
      store.end(member, member.peer());
    }
    return refuse(Reason.NOT_FOUND);
  }

  private Uni<CheckResult> refuse(Reason reason) {
    return Uni.createFrom().item(refusals.refuse(reason));
  }

  private static Optional<String> token(HttpServerRequest request) {
    String protocols = request.getHeader("Sec-WebSocket-Protocol");
    if (protocols != null) {
      Optional<String> bearer =
          Stream.of(protocols.split(","))
              .map(String::strip)
              .filter(protocol -> protocol.startsWith(BEARER_PROTOCOL))
              .map(protocol -> protocol.substring(BEARER_PROTOCOL.length()))
              .findFirst();
      if (bearer.isPresent()) {
        return bearer;
      }
    }
    return Tokens.bearer(request.getHeader("Authorization"))
        .or(() -> Optional.ofNullable(request.getParam("access_token")));
  }

  private static Optional<Place> place(String since) {
    if (since == null) {
      return Optional.of(Place.NOW);
    }
    Matcher matcher = SINCE.matcher(since);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long time = matcher.group(2) == null ? -1 : Long.parseLong(matcher.group(2));
    return Optional.of(new Place(Long.parseLong(matcher.group(1)), time, -1));
  }
}
