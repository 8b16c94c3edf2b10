package randomchat.uploader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.jwt.build.Jwt;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import randomchat.kit.testing.Await;
import randomchat.kit.testing.NativeReflection;
import randomchat.kit.testing.RedisServer;
import randomchat.kit.testing.ServiceProcess;
import randomchat.kit.testing.StoreServer;

/** The packaged service, started with nothing but its variables. */
class PackagedIT {

  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final int MEBIBYTE = 1024 * 1024;
  private static final Map<String, String> VARIABLES =
      Map.of(
          "JWT_SECRET", SECRET,
          "S3_ACCESS_KEY", StoreServer.ACCESS_KEY,
          "S3_SECRET_KEY", StoreServer.SECRET_KEY);

  @Test
  void withoutRedisAndStoreAtItsStart_itWaits_thenTakes64MebibytesInAHeapOf128_andLetsThemGo()
      throws Exception {
    try (RedisServer redis = RedisServer.start();
        StoreServer store = StoreServer.start()) {
      redis.kill();
      store.kill();
      Map<String, String> variables = new HashMap<>(VARIABLES);
      variables.put("REDIS_ADDRS", redis.address());
      variables.put("S3_ENDPOINT", store.endpoint());
      variables.put("S3_BUCKET", "some-bucket");
      variables.put("SWAG", "true");
      variables.put("RANDOM_CHAT_ENDED_EVERY", "0.5s");
      try (ServiceProcess service = ServiceProcess.start(variables, "-Xmx128m")) {
        service.awaitAlive();
        itIsNotReady(service);
        redis.restart();
        itIsNotReady(service);
        store.restart();
        service.awaitReady();
        theApiIsDocumented(service);

        redis.tell("HSET {9}:meta state open");
        aFileOf64MebibytesIsTaken(service);
        aFileOf65MebibytesIsNot(service);
        Path bucket = store.objects().resolve("some-bucket");
        assertEquals(1, count(bucket));

        redis.tell("HSET {9}:meta state ended");
        redis.tell("XADD ended * channel 9");
        Await.until("its files are gone", 15, () -> count(bucket) == 0);
        assertFalse(service.output().contains("Exception"), service.output());
      }
    }
  }

  private static void itIsNotReady(ServiceProcess service) {
    assertEquals(503, service.get(service.managementUrl("/q/health/ready")).statusCode());
    HttpResponse<String> refused = service.send(upload(service, 100));
    assertEquals(503, refused.statusCode());
    assertTrue(refused.headers().firstValue("Retry-After").isPresent());
    assertTrue(refused.body().contains("\"msg\""), refused.body());
  }

  private static void theApiIsDocumented(ServiceProcess service) {
    HttpResponse<String> openApi = service.get(service.url("/api/uploader/openapi"));
    assertEquals(200, openApi.statusCode());
    assertTrue(openApi.body().contains("/api/uploader/upload/files"), openApi.body());
    assertEquals(200, service.get(service.url("/api/uploader/swagger-ui/")).statusCode());
  }

  private static void aFileOf64MebibytesIsTaken(ServiceProcess service) {
    HttpResponse<String> taken = service.send(upload(service, 64 * MEBIBYTE));
    assertEquals(201, taken.statusCode(), taken.body() + service.output());
  }

  private static void aFileOf65MebibytesIsNot(ServiceProcess service) {
    HttpResponse<String> refused = service.send(upload(service, 65 * MEBIBYTE));
    assertEquals(413, refused.statusCode());
    assertTrue(refused.body().contains("\"status\":413"), refused.body());
  }

  /** A PNG of that many bytes, never whole in our memory either. */
  private static HttpRequest upload(ServiceProcess service, int size) {
    byte[] head =
        "--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.png\"\r\n\r\n"
            .getBytes(StandardCharsets.UTF_8);
    byte[] tail = "\r\n--x--\r\n".getBytes(StandardCharsets.UTF_8);
    List<InputStream> parts =
        List.of(
            new ByteArrayInputStream(head),
            new ByteArrayInputStream(Samples.PNG),
            new Zeros(size - Samples.PNG.length),
            new ByteArrayInputStream(tail));
    var body =
        BodyPublishers.ofInputStream(() -> new SequenceInputStream(Collections.enumeration(parts)));
    return HttpRequest.newBuilder(service.url("/api/uploader/upload/files"))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", "Bearer " + token())
        .header("Content-Type", "multipart/form-data; boundary=x")
        .POST(BodyPublishers.fromPublisher(body, head.length + size + tail.length))
        .build();
  }

  private static final class Zeros extends InputStream {
    private int left;

    Zeros(int count) {
      this.left = count;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      int count = Math.min(length, left);
      left -= count;
      return count > 0 ? count : -1;
    }
  }

  private static String token() {
    return Jwt.claims()
        .subject("11")
        .audience("randomchat:channel")
        .claim("channel_id", "9")
        .claim("peer", "22")
        .expiresAt(Instant.now().plusSeconds(600))
        .signWithSecret(SECRET);
  }

  private static long count(Path bucket) {
    try (Stream<Path> files = Files.walk(bucket)) {
      return files.filter(Files::isRegularFile).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "S3_ACCESS_KEY|''|S3_ACCESS_KEY must be set",
        "MAX_UPLOAD_SIZE_BYTE|0|MAX_UPLOAD_SIZE_BYTE must be a whole number from 1 to 5368709120, but is '0'",
      })
  void aWrongValue_stopsTheStart_andIsNamed(String variable, String value, String message) {
    Map<String, String> variables = new HashMap<>(VARIABLES);
    variables.put(variable, value);
    try (ServiceProcess service = ServiceProcess.start(variables)) {
      assertNotEquals(0, service.awaitExit());
      assertTrue(service.output().contains(message), service.output());
    }
  }

  @Test
  void everyRecordOfAnAnswerOrInRedis_isKnownToANativeImage() {
    String upload = "randomchat.uploader.upload.";
    assertEquals(
        Set.of(
            upload + "UploadRecord",
            upload + "UploadResource$FilesAnswer",
            upload + "UploadResource$Uploaded",
            upload + "LightResource$FileAnswer",
            upload + "PresignedResource$UploadAnswer",
            upload + "PresignedResource$DownloadAnswer",
            "randomchat.kit.problem.ProblemBody"),
        NativeReflection.records());
  }
}
