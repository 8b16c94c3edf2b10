package randomchat.uploader.store;

import io.minio.GetPresignedObjectUrlArgs;
import io.minio.MinioClient;
import io.minio.PostPolicy;
import io.minio.errors.MinioException;
import io.minio.http.Method;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.TreeMap;
import randomchat.uploader.type.FileType;

/**
 * Signs URLs that a browser may use for a while. They are relative to this origin, whose gateway
 * passes them to the store under the host they are signed for; absolute with {@code
 * S3_PUBLIC_ENDPOINT}. Needs no network.
 */
@Singleton
public class Presigner {

  /** A form to be posted, with the file as its last field, {@code file}. */
  public record Form(String url, Map<String, String> fields) {}

  private final MinioClient client;
  private final String bucket;
  private final String origin;
  private final Clock clock = Clock.systemUTC();

  Presigner(MinioClient inner, StoreSettings settings) {
    this.client =
        settings.publicEndpoint().map(url -> StoreClients.client(settings, url)).orElse(inner);
    this.bucket = settings.bucket();
    this.origin = settings.publicEndpoint().map(URI::toString).orElse("");
  }

  /** To read it under a type and a name that we decide. */
  public String get(ObjectKey key, String mediaType, String disposition, Duration lifetime) {
    return url(
        Method.GET,
        key,
        lifetime,
        Map.of(
            "response-content-type", mediaType,
            "response-content-disposition", disposition));
  }

  /** To write it. No size can be set here: what was written is looked at before its first use. */
  public String put(ObjectKey key, Duration lifetime) {
    return url(Method.PUT, key, lifetime, Map.of());
  }

  /** To write it by a form: of that type, from 1 byte to {@code most}. */
  public Form form(ObjectKey key, FileType type, long most, Duration lifetime) {
    PostPolicy policy =
        new PostPolicy(bucket, ZonedDateTime.now(clock.withZone(ZoneOffset.UTC)).plus(lifetime));
    policy.addEqualsCondition("key", key.toString());
    policy.addEqualsCondition("Content-Type", type.mediaType());
    policy.addContentLengthRangeCondition(1L, most);
    try {
      Map<String, String> fields = new TreeMap<>(client.getPresignedPostFormData(policy));
      fields.put("key", key.toString());
      fields.put("Content-Type", type.mediaType());
      return new Form(origin + "/" + bucket, fields);
    } catch (MinioException | IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e); // nothing is asked of anybody
    }
  }

  private String url(
      Method method, ObjectKey key, Duration lifetime, Map<String, String> parameters) {
    try {
      URI signed =
          URI.create(
              client.getPresignedObjectUrl(
                  GetPresignedObjectUrlArgs.builder()
                      .method(method)
                      .bucket(bucket)
                      .object(key.toString())
                      .expiry(Math.toIntExact(lifetime.toSeconds()))
                      .extraQueryParams(parameters)
                      .build()));
      return origin + signed.getRawPath() + "?" + signed.getRawQuery();
    } catch (MinioException | IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e); // nothing is asked of anybody
    }
  }
}
