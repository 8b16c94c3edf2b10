package randomchat.uploader.store;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;
import randomchat.kit.config.InvalidSetting;
import randomchat.kit.config.Settings;

/**
 * Where the store is.
 *
 * @param endpoint {@code S3_ENDPOINT}, scheme and host
 * @param publicEndpoint {@code S3_PUBLIC_ENDPOINT}: where browsers reach it themselves; empty when
 *     they do so through the gateway
 */
record StoreSettings(
    URI endpoint,
    Optional<URI> publicEndpoint,
    String region,
    String bucket,
    String accessKey,
    String secretKey) {

  static StoreSettings from(Settings settings) {
    String bucket = settings.text("S3_BUCKET").orElse("myfilebucket");
    if (!bucket.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
      throw new InvalidSetting(
          "S3_BUCKET must be 3 to 63 lower case letters, digits, dots and hyphens, but is '"
              + bucket
              + "'");
    }
    return new StoreSettings(
        url("S3_ENDPOINT", settings.text("S3_ENDPOINT").orElse("http://localhost:9000")),
        settings.text("S3_PUBLIC_ENDPOINT").map(text -> url("S3_PUBLIC_ENDPOINT", text)),
        settings.text("S3_REGION").orElse("us-east-1"),
        bucket,
        required(settings, "S3_ACCESS_KEY"),
        required(settings, "S3_SECRET_KEY"));
  }

  private static String required(Settings settings, String variable) {
    return settings
        .text(variable)
        .orElseThrow(() -> new InvalidSetting(variable + " must be set: there is no default"));
  }

  private static URI url(String variable, String text) {
    try {
      URI url = URI.create(text.replaceFirst("/$", ""));
      boolean good = url.getHost() != null && url.getRawPath().isEmpty() && url.getQuery() == null;
      if (good && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
        return url;
      }
    } catch (IllegalArgumentException notAUrl) {
      // told below
    }
    throw new InvalidSetting(
        variable + " must be an http or https URL without a path, but is '" + text + "'");
  }

  static class Producer {
    @Produces
    @Singleton
    @Startup
    StoreSettings settings(Settings settings) {
      return from(settings);
    }
  }
}
