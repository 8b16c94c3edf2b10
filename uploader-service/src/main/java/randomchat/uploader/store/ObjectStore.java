package randomchat.uploader.store;

import io.minio.BucketExistsArgs;
import io.minio.CopyObjectArgs;
import io.minio.CopySource;
import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.StatObjectArgs;
import io.minio.UploadObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.messages.Item;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jboss.logging.Logger;
import randomchat.kit.problem.Problem;

/**
 * The objects of our bucket. Blocks; when the store does not do what it is asked, every method
 * throws a {@link Problem} 503: at once when nobody listens, after some 10 s when nobody answers.
 */
@Singleton
public class ObjectStore {

  /** An object as listed. */
  public record Listed(String key, Instant changed) {}

  private static final Logger LOG = Logger.getLogger(ObjectStore.class);
  private static final long PART_BYTES = 16L * 1024 * 1024; // parts are read from disk, not held

  private final MinioClient client;
  private final String bucket;

  ObjectStore(MinioClient client, StoreSettings settings) {
    this.client = client;
    this.bucket = settings.bucket();
  }

  /** Makes the bucket unless it is there. */
  void ensureBucket() {
    ask(
        () -> {
          if (!client.bucketExists(BucketExistsArgs.builder().bucket(bucket).build())) {
            client.makeBucket(MakeBucketArgs.builder().bucket(bucket).build());
            LOG.infof("made the bucket %s", bucket);
          }
          return null;
        });
  }

  /** Stores a file of the local disk, streaming. */
  public void put(ObjectKey key, Path file, String mediaType) {
    ask(
        () ->
            client.uploadObject(
                UploadObjectArgs.builder()
                    .bucket(bucket)
                    .object(key.toString())
                    .filename(file.toString(), PART_BYTES)
                    .contentType(mediaType)
                    .build()));
  }

  /** In bytes; empty when there is no such object. */
  public OptionalLong size(ObjectKey key) {
    var args = StatObjectArgs.builder().bucket(bucket).object(key.toString()).build();
    return unlessMissing(() -> client.statObject(args))
        .map(found -> OptionalLong.of(found.size()))
        .orElse(OptionalLong.empty());
  }

  /** The first bytes of an object that is not empty. */
  public byte[] head(ObjectKey key, int bytes) {
    var args =
        GetObjectArgs.builder().bucket(bucket).object(key.toString()).length((long) bytes).build();
    return ask(
        () -> {
          try (InputStream in = client.getObject(args)) {
            return in.readNBytes(bytes);
          }
        });
  }

  /** Copies within the store; false when there is nothing to copy. */
  public boolean copy(ObjectKey from, ObjectKey to) {
    var source = CopySource.builder().bucket(bucket).object(from.toString()).build();
    var args = CopyObjectArgs.builder().bucket(bucket).object(to.toString()).source(source).build();
    return unlessMissing(() -> client.copyObject(args)).isPresent();
  }

  /** Done as well when there is no such object. */
  public void delete(String key) {
    var args = RemoveObjectArgs.builder().bucket(bucket).object(key).build();
    unlessMissing(
        () -> {
          client.removeObject(args);
          return key;
        });
  }

  /**
   * Objects in the order of their keys.
   *
   * @param prefix which their keys begin with; may be empty
   * @param after the key to begin behind; may be empty
   * @param most how many at most, up to 1000
   */
  public List<Listed> list(String prefix, String after, int most) {
    var args =
        ListObjectsArgs.builder()
            .bucket(bucket)
            .prefix(prefix)
            .startAfter(after)
            .recursive(true)
            .maxKeys(most)
            .build();
    return ask(
        () -> {
          List<Listed> found = new ArrayList<>();
          for (Result<Item> item : client.listObjects(args)) {
            if (found.size() == most) {
              break;
            }
            found.add(new Listed(item.get().objectName(), changed(item.get())));
          }
          return found;
        });
  }

  private static Instant changed(Item item) {
    return item.lastModified().toInstant();
  }

  private static <T> T ask(Callable<T> question) {
    return unlessMissing(question).orElse(null);
  }

  private static <T> Optional<T> unlessMissing(Callable<T> question) {
    try {
      return Optional.ofNullable(question.call());
    } catch (ErrorResponseException refused) {
      if (refused.response().code() == 404 && isObject(refused)) {
        return Optional.empty();
      }
      throw unavailable(refused);
    } catch (RuntimeException bug) {
      throw bug;
    } catch (Exception failed) {
      throw unavailable(failed);
    }
  }

  private static boolean isObject(ErrorResponseException refused) {
    return "NoSuchKey".equals(refused.errorResponse().code());
  }

  private static Problem unavailable(Exception cause) {
    LOG.warnf("the store failed: %s", cause.getMessage());
    return new Problem(503, "files cannot be reached, try again in a moment");
  }
}
