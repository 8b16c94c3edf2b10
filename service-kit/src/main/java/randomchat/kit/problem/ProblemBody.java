package randomchat.kit.problem;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.core.Response;

/** The body of an error: RFC 9457, and {@code msg}, the field that clients of the original read. */
@RegisterForReflection
public record ProblemBody(String type, String title, int status, String detail, String msg) {

  public static final String MEDIA_TYPE = "application/problem+json";

  /** Seconds after which a caller may try again what was refused in passing. */
  static final int RETRY_AFTER = 1;

  public static ProblemBody of(int status, String detail) {
    Response.Status known = Response.Status.fromStatusCode(status);
    String title = known == null ? "Error" : known.getReasonPhrase();
    return new ProblemBody("about:blank", title, status, detail, detail);
  }

  /** For those who answer without a REST endpoint. */
  public String json() {
    return new JsonObject()
        .put("type", type)
        .put("title", title)
        .put("status", status)
        .put("detail", detail)
        .put("msg", msg)
        .encode();
  }
}
