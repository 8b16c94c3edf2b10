package randomchat.kit.problem;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import randomchat.kit.config.InvalidSetting;
import randomchat.kit.config.Settings;
import randomchat.kit.socket.Refusals;

/**
 * Refuses with 403 what a browser sends from a foreign page: requests that change something, and
 * WebSocket upgrades. A page is foreign if its scheme, host or port differ from those the request
 * was sent to and from {@code ALLOWED_ORIGINS}. No Origin, no browser: admitted.
 */
@Singleton
class OriginRule {

  private static final int BEFORE_EVERYTHING = 500; // filters run from the highest priority down
  private static final Set<HttpMethod> SAFE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private final Set<String> allowed;
  private final Refusals refusals;

  OriginRule(Settings settings, Refusals refusals) {
    this.refusals = refusals;
    this.allowed =
        settings.list("ALLOWED_ORIGINS").stream()
            .map(
                origin ->
                    normal(origin)
                        .orElseThrow(
                            () ->
                                new InvalidSetting(
                                    "ALLOWED_ORIGINS must be origins such as"
                                        + " https://chat.example.org, comma-separated")))
            .collect(Collectors.toUnmodifiableSet());
  }

  void install(@Observes Filters filters) {
    filters.register(this::check, BEFORE_EVERYTHING);
  }

  private void check(RoutingContext context) {
    HttpServerRequest request = context.request();
    boolean upgrade = "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
    String origin = request.getHeader("Origin");
    if (origin == null || (SAFE.contains(request.method()) && !upgrade)) {
      context.next();
      return;
    }
    Optional<String> from = normal(origin);
    Optional<String> to = normal(request.scheme() + "://" + request.authority());
    if (from.isPresent() && (from.equals(to) || allowed.contains(from.get()))) {
      context.next();
      return;
    }
    if (upgrade) {
      refusals.count(Refusals.Reason.FOREIGN_PAGE);
    }
    context
        .response()
        .setStatusCode(403)
        .putHeader("Content-Type", ProblemBody.MEDIA_TYPE)
        .end(ProblemBody.of(403, "this page may not do that here").json());
  }

  private static Optional<String> normal(String origin) {
    try {
      URI uri = URI.create(origin.toLowerCase(java.util.Locale.ROOT));
      if (uri.getHost() == null || uri.getScheme() == null) {
        return Optional.empty();
      }
      int standard = uri.getScheme().equals("https") ? 443 : 80;
      int port = uri.getPort() == -1 ? standard : uri.getPort();
      return Optional.of(uri.getScheme() + "://" + uri.getHost() + ":" + port);
    } catch (IllegalArgumentException notAnOrigin) {
      return Optional.empty();
    }
  }
}
