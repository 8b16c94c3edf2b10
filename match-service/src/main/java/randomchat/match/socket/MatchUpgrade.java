package randomchat.match.socket;

import io.netty.channel.Channel;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.Logger;
import randomchat.kit.redis.RedisUnavailable;
import randomchat.kit.socket.Admission;
import randomchat.kit.socket.ClientLine;
import randomchat.kit.socket.Refusals;
import randomchat.kit.socket.Refusals.Reason;
import randomchat.kit.socket.UpgradeRequest;
import randomchat.kit.token.Claims;
import randomchat.kit.token.Tokens;
import randomchat.match.pool.Interests;
import randomchat.match.pool.PoolStore;
import randomchat.match.pool.UserId;

/**
 * Decides before the 101 who may wait: a socket that opened is allowed. A foreign Origin has been
 * refused before.
 */
@Singleton
class MatchUpgrade implements HttpUpgradeCheck {

  private static final Logger LOG = Logger.getLogger(MatchUpgrade.class);
  private static final String AUDIENCE = "randomchat:user";
  private static final String LANGUAGE = "[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}"; // RFC 5646

  private final Vertx vertx;
  private final Tokens tokens;
  private final PoolStore pool;
  private final Admission admission;
  private final Refusals refusals;

  MatchUpgrade(Vertx vertx, Tokens tokens, PoolStore pool, Admission admission, Refusals refusals) {
    this.vertx = vertx;
    this.tokens = tokens;
    this.pool = pool;
    this.admission = admission;
    this.refusals = refusals;
  }

  @Override
  public Uni<CheckResult> perform(HttpUpgradeContext upgrade) {
    HttpServerRequest request = upgrade.httpRequest();
    if (!UpgradeRequest.isWhole(request)) {
      return refuse(Reason.BAD_REQUEST);
    }
    Optional<UserId> user = user(request);
    if (user.isEmpty()) {
      return refuse(Reason.UNAUTHORIZED);
    }
    String uid = request.getParam("uid");
    if (uid != null && !uid.equals(user.get().text())) {
      return refuse(Reason.FORBIDDEN);
    }
    Optional<Interests> interests =
        Optional.ofNullable(request.getParam("interests"))
            .map(Interests::parse)
            .orElse(Optional.of(Interests.NONE));
    String language = request.getParam("lang");
    boolean fits = language == null || language.isEmpty() || language.matches(LANGUAGE);
    if (interests.isEmpty() || !fits) {
      return refuse(Reason.BAD_REQUEST);
    }
    boolean asksPosition = "1".equals(request.getParam("waiting"));
    return admit(upgrade, user.get(), interests.get(), asksPosition);
  }

  private Optional<UserId> user(HttpServerRequest request) {
    Cookie cookie = request.getCookie("sid");
    try {
      return Optional.ofNullable(cookie)
          .flatMap(sid -> tokens.verify(sid.getValue(), AUDIENCE))
          .map(Claims::subject)
          .map(UserId::new);
    } catch (IllegalArgumentException notAnId) {
      return Optional.empty();
    }
  }

  private Uni<CheckResult> refuse(Reason reason) {
    return Uni.createFrom().item(refusals.refuse(reason));
  }

  private Uni<CheckResult> admit(
      HttpUpgradeContext upgrade, UserId user, Interests interests, boolean asksPosition) {
    Context here = vertx.getOrCreateContext();
    return Uni.createFrom()
        .completionStage(() -> pool.arrival(user).toCompletionStage())
        .emitOn(answer -> here.runOnContext(none -> answer.run()))
        .map(
            arrived -> {
              if (arrived.isEmpty()) {
                return refusals.refuse(Reason.NOT_FOUND);
              }
              Channel channel = ClientLine.of(upgrade.httpRequest());
              if (!channel.isActive()) { // gone while we asked
                return CheckResult.rejectUpgradeSync(503);
              }
              if (!admission.enter()) {
                return refusals.refuseForRoom();
              }
              admission.leaveWith(channel);
              upgrade
                  .userData()
                  .put(Visit.KEY, new Visit(user, interests, asksPosition, arrived.getAsLong()));
              return CheckResult.permitUpgradeSync();
            })
        .onFailure(RedisUnavailable.class)
        .recoverWithItem(() -> refusals.refuse(Reason.UNAVAILABLE))
        .onFailure()
        .recoverWithItem(
            bug -> {
              LOG.error("an upgrade failed", bug);
              return refusals.refuse(Reason.FAILED);
            });
  }
}
