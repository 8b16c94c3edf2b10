package randomchat.kit.problem;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;
import randomchat.kit.config.Settings;

/**
 * What holds before any endpoint: a request has a path, a body that says it is longer than {@link
 * BodyLimit} is refused unread, and the documentation of the API is there with {@code SWAG=true}
 * only.
 */
@Singleton
class EdgeRules {

  private static final int AFTER_THE_ORIGIN_RULE = 490;
  private static final Pattern DOCUMENTATION =
      Pattern.compile("/api/\\w+/(openapi(\\.\\w+)?|swagger-ui(/.*)?)");

  private final BodyLimit limit;
  private final boolean documented;

  EdgeRules(BodyLimit limit, Settings settings) {
    this.limit = limit;
    this.documented = settings.flag("SWAG", false);
  }

  void install(@Observes Filters filters) {
    filters.register(this::admit, AFTER_THE_ORIGIN_RULE);
  }

  /** The router fails what has no path before any filter; Quarkus would log such a target. */
  void installBeforeRouting(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).failureHandler(EdgeRules::refuseWithoutPath);
  }

  private static void refuseWithoutPath(RoutingContext context) {
    String path = context.request().path();
    if (path != null && path.startsWith("/")) {
      context.next();
    } else {
      answer(context, context.statusCode(), "a request is for a path, which starts with '/'");
    }
  }

  private void admit(RoutingContext context) {
    if (length(context.request()) > limit.bytes()) {
      refuseUnread(context);
    } else if (!documented && DOCUMENTATION.matcher(context.normalizedPath()).matches()) {
      answer(context, 404, "there is nothing at this path");
    } else {
      context.next();
    }
  }

  private static long length(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null ? 0 : Long.parseLong(length); // the HTTP codec has checked it
  }

  private void refuseUnread(RoutingContext context) {
    if (context.request().version() != HttpVersion.HTTP_2) { // which ends a stream alone
      context.response().putHeader(HttpHeaders.CONNECTION, "close");
      context.addEndHandler(done -> context.request().connection().close());
    }
    answer(context, 413, "the request is larger than " + limit.bytes() + " bytes");
  }

  private static void answer(RoutingContext context, int status, String detail) {
    context
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, ProblemBody.MEDIA_TYPE)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(ProblemBody.of(status, detail).json());
  }
}
