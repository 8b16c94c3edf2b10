package randomchat.kit.problem;

/**
 * An answer that is an error, as RFC 9457 problem+json. The one way for an endpoint to say so.
 *
 * <p>Its detail is shown to callers: it names no internals and carries no foreign text.
 */
public final class Problem extends RuntimeException {

  private final int status;

  public Problem(int status, String detail) {
    super(detail, null, false, false);
    this.status = status;
  }

  public static Problem badRequest(String detail) {
    return new Problem(400, detail);
  }

  public static Problem unauthorized() {
    return new Problem(401, "no valid token");
  }

  public static Problem forbidden(String detail) {
    return new Problem(403, detail);
  }

  public static Problem notFound(String detail) {
    return new Problem(404, detail);
  }

  public static Problem tooMany() {
    return new Problem(429, "too many requests");
  }

  public int status() {
    return status;
  }
}
