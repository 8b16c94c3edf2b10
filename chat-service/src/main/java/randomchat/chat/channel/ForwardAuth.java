package randomchat.chat.channel;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import randomchat.kit.problem.Problem;
import randomchat.kit.problem.ProblemBody;

/**
 * {@code /api/chat/forwardauth}, by any method: 200 and {@code X-Channel-Id} for a good token of a
 * channel that is open. For proxies, and for a browser whose upgrade failed and hides why.
 */
@Singleton
class ForwardAuth {

  private final ChannelRequests requests;

  ForwardAuth(ChannelRequests requests) {
    this.requests = requests;
  }

  void install(@Observes Router router) {
    router.route("/api/chat/forwardauth").handler(this::answer);
  }

  private void answer(RoutingContext context) {
    context.response().putHeader("Cache-Control", "no-store");
    Future.succeededFuture(context.request().getHeader("Authorization"))
        .compose(requests::authorize)
        .onSuccess(channel -> context.response().putHeader("X-Channel-Id", channel.text()).end())
        .onFailure(
            error -> {
              int status = error instanceof Problem problem ? problem.status() : 503;
              String detail = status == 503 ? "try again in a moment" : error.getMessage();
              if (status == 503) {
                context.response().putHeader("Retry-After", "1");
              }
              context
                  .response()
                  .setStatusCode(status)
                  .putHeader("Content-Type", ProblemBody.MEDIA_TYPE)
                  .end(ProblemBody.of(status, detail).json());
            });
  }
}
