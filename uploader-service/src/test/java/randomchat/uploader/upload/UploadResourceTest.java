package randomchat.uploader.upload;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import randomchat.kit.testing.Await;
import randomchat.uploader.ChannelId;
import randomchat.uploader.Samples;
import randomchat.uploader.UploaderKeys;
import randomchat.uploader.UploaderTest;

@QuarkusTest
class UploadResourceTest extends UploaderTest {

  private static final String FILES = "/api/uploader/upload/files";

  @Test
  void aFile_isStored_andReadBackThroughItsRedirect() {
    ChannelId channel = openChannel();
    Response answer =
        upload(channel, "Gr/../c t.png", Samples.PNG)
            .statusCode(201)
            .body("uploaded_files", hasSize(1))
            .body("uploaded_files[0].name", equalTo("c t.png"))
            .body("uploaded_files[0].object_key", matchesPattern(channel + "/[0-9a-f]{32}\\.png"))
            .extract()
            .response();
    String key = answer.path("uploaded_files[0].object_key");
    assertEquals("/files/" + key, answer.path("uploaded_files[0].url"));

    Response redirect = file(key);
    redirect
        .then()
        .statusCode(302)
        .header("Cache-Control", "private, max-age=30")
        .header("Location", matchesPattern("/myfilebucket/" + key + "\\?.*X-Amz-Expires=60.*"));
    HttpResponse<byte[]> content = fromStore(redirect.header("Location"));
    assertEquals(200, content.statusCode());
    assertArrayEquals(Samples.PNG, content.body());
    assertEquals("image/png", content.headers().firstValue("Content-Type").orElse(""));
    assertEquals(
        "inline; filename=\"c t.png\"; filename*=UTF-8''c%20t.png",
        content.headers().firstValue("Content-Disposition").orElse(""));
  }

  @Test
  void aNameInUtf8_asBrowsersSendIt_isKept() {
    HttpResponse<String> answer = postRaw(FILES, openChannel(), part("cät 😀.txt", "text"));
    assertEquals(201, answer.statusCode(), answer.body());
    assertEquals("cät 😀.txt", JsonPath.from(answer.body()).get("uploaded_files[0].name"));
  }

  @Test
  void aBodyThatDoesNotSayHowLongItIs_isReadNoFurtherThanTheLimit() {
    ChannelId channel = openChannel();
    HttpResponse<String> answer = postRaw(FILES, channel, part("a.txt", "text ".repeat(300_000)));
    assertEquals(413, answer.statusCode());
    assertTrue(answer.body().contains("\"status\":413"), answer.body());
    assertEquals(201, postRaw(FILES, channel, part("a.txt", "text")).statusCode());
  }

  private static String part(String name, String content) {
    return "--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"%s\"\r\n\r\n%s\r\n--x--\r\n"
        .formatted(name, content);
  }

  /** Sends a body in chunks. */
  private HttpResponse<String> postRaw(String path, ChannelId channel, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
            .header("Authorization", "Bearer " + token("11", channel))
            .header("Content-Type", "multipart/form-data; boundary=x")
            .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)))
            .build();
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anUpload_isRecordedForChat() {
    ChannelId channel = openChannel();
    String key = uploaded(channel, "a.pdf", Samples.PDF);
    UploadRecord recorded =
        UploadRecord.parse(redis.hash(String.class).hget(UploaderKeys.uploads(channel), key));
    assertEquals("clean", recorded.state());
    assertEquals("application/pdf", recorded.type());
    assertEquals(Samples.PDF.length, recorded.size());
    assertTrue(redis.key().ttl(UploaderKeys.uploads(channel)) > 0);
  }

  @Test
  void tenFiles_areTakenTogether_elevenAreNot() {
    ChannelId channel = openChannel();
    multiple(channel, 10).post(FILES).then().statusCode(201).body("uploaded_files", hasSize(10));
    multiple(channel, 11).post(FILES).then().statusCode(400);
    assertEquals(10, stored(channel).size());
  }

  private RequestSpecification multiple(ChannelId channel, int count) {
    RequestSpecification request = member(channel);
    for (int i = 0; i < count; i++) {
      request.multiPart("files", i + ".txt", Samples.TEXT);
    }
    return request;
  }

  @Test
  void oneBadFile_keepsAllOut() {
    ChannelId channel = openChannel();
    member(channel)
        .multiPart("files", "a.png", Samples.PNG)
        .multiPart("files", "b.png", Samples.HTML)
        .post(FILES)
        .then()
        .statusCode(415)
        .contentType("application/problem+json")
        .body("msg", containsString("file 2"));
    assertEquals(List.of(), stored(channel));
  }

  @Test
  void theLightEdition_sendsOneFile_andGetsAPathThatEndsInItsExtension() {
    ChannelId channel = openChannel();
    String url =
        member(channel)
            .multiPart("file", "photo.JPEG", Samples.JPEG)
            .post("/api/file")
            .then()
            .statusCode(201)
            .body("file_name", equalTo("photo.JPEG"))
            .body("file_url", matchesPattern("/files/" + channel + "/[0-9a-f]{32}\\.jpg"))
            .extract()
            .path("file_url");
    given().redirects().follow(false).get(url).then().statusCode(302);
    member(channel)
        .multiPart("file", "a.png", Samples.PNG)
        .multiPart("file", "b.png", Samples.PNG)
        .post("/api/file")
        .then()
        .statusCode(400);
  }

  @Test
  void anEmptyFile_isRefused() {
    upload(openChannel(), "a.txt", new byte[0])
        .statusCode(400)
        .body("msg", containsString("empty"));
  }

  @ParameterizedTest
  @ValueSource(strings = {FILES, "/api/file"})
  void aRequestWithoutAFile_isRefused(String path) {
    ChannelId channel = openChannel();
    member(channel).multiPart("other", "a.txt", Samples.TEXT).post(path).then().statusCode(400);
    member(channel).multiPart("files", "just a field").post(path).then().statusCode(400);
    member(channel).contentType("application/json").body("{}").post(path).then().statusCode(415);
    assertEquals(400, postRaw(path, channel, "--x").statusCode());
  }

  @Test
  void aFileThatIsTooLarge_isRefusedBeforeItIsRead() {
    byte[] large = Samples.longer(Samples.PNG, 1_100_000);
    ChannelId channel = openChannel();
    upload(channel, "a.png", large)
        .statusCode(413)
        .contentType("application/problem+json")
        .body("status", equalTo(413));
    assertEquals(List.of(), stored(channel));
  }

  @Test
  void aFileOfExactlyTheLimit_isTaken_oneByteMoreIsNot() {
    ChannelId channel = openChannel();
    int most = ConfigProvider.getConfig().getValue("MAX_UPLOAD_SIZE_BYTE", Integer.class);
    upload(channel, "a.png", Samples.longer(Samples.PNG, most)).statusCode(201);
    upload(channel, "a.png", Samples.longer(Samples.PNG, most + 1))
        .statusCode(413)
        .contentType("application/problem+json");
  }

  @Test
  void withoutAGoodToken_nothingIsTaken() {
    ChannelId channel = openChannel();
    Instant soon = Instant.now().plusSeconds(60);
    Map<String, String> claims = Map.of("channel_id", channel.value());
    unauthorized(given());
    unauthorized(given().header("Authorization", "Bearer x.y.z"));
    unauthorized(given().header("Authorization", token("11", channel)));
    unauthorized(bearer(tokens.sign("randomchat:user", "11", claims, soon)));
    unauthorized(bearer(tokens.sign("randomchat:channel", "11", Map.of(), soon)));
    unauthorized(bearer(tokens.sign("randomchat:channel", "11", Map.of("channel_id", "a}"), soon)));
    Instant past = Instant.now().minusSeconds(1);
    unauthorized(bearer(tokens.sign("randomchat:channel", "11", claims, past)));
  }

  private static RequestSpecification bearer(String token) {
    return given().header("Authorization", "Bearer " + token);
  }

  private static void unauthorized(RequestSpecification caller) {
    caller
        .multiPart("files", "a.png", Samples.longer(Samples.PNG, 500_000))
        .post(FILES)
        .then()
        .statusCode(401)
        .contentType("application/problem+json");
  }

  @Test
  void aChannelThatIsNotOpen_takesNothing() {
    ChannelId ended = openChannel();
    state(ended, "ended");
    upload(ended, "a.png", Samples.PNG).statusCode(404);
    upload(new ChannelId("5"), "a.png", Samples.PNG).statusCode(404);
    assertEquals(List.of(), stored(ended));
  }

  @Test
  void aForeignPage_mayNotUpload() {
    member(openChannel())
        .header("Origin", "https://evil.example")
        .multiPart("files", "a.png", Samples.PNG)
        .post(FILES)
        .then()
        .statusCode(403);
  }

  @Test
  void whoUploadsTooOften_isToldToWait() {
    ChannelId channel = openChannel();
    emptyBucket(channel);
    upload(channel, "a.png", Samples.PNG)
        .statusCode(429)
        .contentType("application/problem+json")
        .header("Retry-After", notNullValue());
    emptyBucket(channel);
    member(channel).get("/api/uploader/upload/presigned?ext=png").then().statusCode(429);
  }

  private void emptyBucket(ChannelId channel) {
    String later = String.valueOf(Instant.now().plusSeconds(60).toEpochMilli() * 1000);
    redis
        .hash(String.class)
        .hset(UploaderKeys.rate(channel, "11"), Map.of("tokens", "0", "at", later));
  }

  @Test
  void whatArrived_doesNotStayOnOurDisk() throws Exception {
    upload(openChannel(), "a.png", Samples.PNG).statusCode(201);
    upload(openChannel(), "a.png", Samples.HTML).statusCode(415);
    Path spool =
        Path.of(
            ConfigProvider.getConfig()
                .getValue("quarkus.http.body.uploads-directory", String.class));
    Await.until("nothing is left in " + spool, () -> count(spool) == 0);
  }

  private static long count(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theBucket_isNobodysToList() {
    uploaded(openChannel(), "a.png", Samples.PNG);
    assertEquals(403, fromStore("/myfilebucket/").statusCode());
  }
}
