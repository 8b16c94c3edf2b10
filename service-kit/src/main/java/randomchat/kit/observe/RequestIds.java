package randomchat.kit.observe;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;

/** Puts the id that the gateway gave a request on every line that is logged for it. */
@Singleton
class RequestIds {

  private static final int BEFORE_EVERYTHING = 600; // filters run from the highest priority down
  private static final String HEADER = "X-Request-Id";
  private static final String KEY = "requestId";
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{8,64}");

  void install(@Observes Filters filters) {
    filters.register(RequestIds::note, BEFORE_EVERYTHING);
  }

  private static void note(RoutingContext context) {
    String id = context.request().getHeader(HEADER);
    if (id != null && ID.matcher(id).matches()) {
      MDC.put(KEY, id); // of this request alone: the platform keeps it with its context
    }
    context.next();
  }
}
