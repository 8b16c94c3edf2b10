package randomchat.uploader.upload;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import randomchat.kit.config.Settings;
import randomchat.kit.problem.BodyLimit;

/**
 * How much and how long.
 *
 * @param mostBytes {@code MAX_UPLOAD_SIZE_BYTE} (64 MiB; 1 byte to 5 GiB): all files of a request
 * @param presigned {@code PRESIGN_LIFETIME_SECONDS} (900; 1 to 604800): a URL handed to a member
 */
record UploadLimits(long mostBytes, Duration presigned) {

  /** Files in one request. */
  static final int MOST_FILES = 10;

  /** How long the redirect to a file is good for. */
  static final Duration REDIRECT = Duration.ofSeconds(60);

  private static final long FRAMING_BYTES = 65_536; // of multipart; the gateway allows the same

  static UploadLimits from(Settings settings) {
    return new UploadLimits(
        settings.number("MAX_UPLOAD_SIZE_BYTE", 67_108_864L, 1, 5_368_709_120L),
        Duration.ofSeconds(settings.number("PRESIGN_LIFETIME_SECONDS", 900, 1, 604_800)));
  }

  static class Producer {
    @Produces
    @Singleton
    @Startup
    UploadLimits limits(Settings settings) {
      return from(settings);
    }

    @Produces
    @Singleton
    BodyLimit body(UploadLimits limits) {
      return new BodyLimit(limits.mostBytes() + FRAMING_BYTES);
    }
  }
}
