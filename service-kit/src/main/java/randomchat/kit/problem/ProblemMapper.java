package randomchat.kit.problem;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import randomchat.kit.redis.RedisUnavailable;

/** The one place that turns an exception into an answer. */
class ProblemMapper {

  private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

  @ServerExceptionMapper
  Response map(Problem problem) {
    return answer(problem.status(), problem.getMessage());
  }

  @ServerExceptionMapper
  Response map(RedisUnavailable unavailable) {
    return answer(503, "try again in a moment");
  }

  @ServerExceptionMapper
  Response map(WebApplicationException refused) {
    int status = refused.getResponse().getStatus();
    if (status < 400) {
      return refused.getResponse();
    }
    return answer(status, ProblemBody.of(status, "").title());
  }

  @ServerExceptionMapper
  Response map(Throwable bug) {
    LOG.error("a request failed", bug);
    return answer(500, "something went wrong on our side");
  }

  private static Response answer(int status, String detail) {
    var response =
        Response.status(status)
            .type(ProblemBody.MEDIA_TYPE)
            .header("Cache-Control", "no-store")
            .entity(ProblemBody.of(status, detail));
    if (status == 503 || status == 429) {
      response.header("Retry-After", ProblemBody.RETRY_AFTER);
    }
    return response.build();
  }
}
