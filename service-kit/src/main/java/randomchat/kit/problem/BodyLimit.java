package randomchat.kit.problem;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * The longest request body a service accepts. {@link #STANDARD} unless the service produces a bean
 * of its own; one that does also sets {@code quarkus.http.limits.max-body-size} above it.
 *
 * @param bytes of the whole body, framing of multipart included
 */
public record BodyLimit(long bytes) {

  /** Enough for any JSON of ours: 16 KiB, as in {@code quarkus.http.limits.max-body-size}. */
  public static final BodyLimit STANDARD = new BodyLimit(16 * 1024);

  static class Producer {
    @Produces
    @Singleton
    @DefaultBean
    BodyLimit standard() {
      return STANDARD;
    }
  }
}
