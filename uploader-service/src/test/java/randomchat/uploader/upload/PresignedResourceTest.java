package randomchat.uploader.upload;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import randomchat.uploader.ChannelId;
import randomchat.uploader.Samples;
import randomchat.uploader.UploaderKeys;
import randomchat.uploader.UploaderTest;

@QuarkusTest
class PresignedResourceTest extends UploaderTest {

  private static final String DOWNLOAD = "/api/uploader/download/presigned?okb64=";

  private Response issue(ChannelId channel, String query) {
    return member(channel).get("/api/uploader/upload/presigned" + query);
  }

  private UploadRecord recorded(String key) {
    ChannelId channel = new ChannelId(key.substring(0, key.indexOf('/')));
    String json = redis.hash(String.class).hget(UploaderKeys.uploads(channel), key);
    return json == null ? null : UploadRecord.parse(json);
  }

  /** Puts content to a newly issued key. */
  private String put(ChannelId channel, String extension, byte[] content) {
    Response issued = issue(channel, "?ext=" + extension);
    assertEquals(200, toStore(issued.path("url"), content).statusCode());
    return issued.path("object_key");
  }

  @Test
  void aFilePutByThePage_isLookedAt_andServedFromAKeyNobodyCanWriteTo() {
    ChannelId channel = openChannel();
    Response issued = issue(channel, "?ext=.png");
    issued
        .then()
        .statusCode(200)
        .body("object_key", matchesPattern(channel + "/[0-9a-f]{32}\\.png"))
        .body("url", matchesPattern("/myfilebucket/" + channel + "/.*X-Amz-Expires=900.*"))
        .body("$", not(hasKey("fields")));
    String key = issued.path("object_key");
    assertEquals("issued", recorded(key).state());
    download(channel, key).then().statusCode(404);

    assertEquals(200, toStore(issued.path("url"), Samples.PNG).statusCode());
    String url = download(channel, key).then().statusCode(200).extract().path("url");
    assertFalse(url.contains(key), url);
    HttpResponse<byte[]> content = fromStore(url);
    assertArrayEquals(Samples.PNG, content.body());
    assertEquals("image/png", content.headers().firstValue("Content-Type").orElse(""));
    assertEquals("clean", recorded(key).state());
    assertEquals(List.of(recorded(key).object()), stored(channel));

    assertEquals(200, toStore(issued.path("url"), Samples.HTML).statusCode());
    String again = file(key).then().statusCode(302).extract().header("Location");
    assertArrayEquals(Samples.PNG, fromStore(again).body());
  }

  @Test
  void firstUsesAtTheSameTime_agreeOnOneCopy() throws Exception {
    ChannelId channel = openChannel();
    String key = put(channel, "png", Samples.PNG);
    try (var threads = Executors.newFixedThreadPool(4)) {
      Callable<Integer> use = () -> file(key).statusCode();
      for (var status : threads.invokeAll(List.of(use, use, use, use))) {
        assertEquals(302, status.get());
      }
    }
    file(key).then().statusCode(302);
    assertEquals(List.of(recorded(key).object()), stored(channel));
  }

  @ParameterizedTest
  @ValueSource(strings = {"html", "empty", "large"})
  void aBadFilePutByThePage_isDeleted(String kind) {
    ChannelId channel = openChannel();
    byte[] content =
        switch (kind) {
          case "html" -> Samples.HTML;
          case "empty" -> new byte[0];
          default -> Samples.longer(Samples.PNG, 1_048_577);
        };
    String key = put(channel, "png", content);
    file(key).then().statusCode(415).contentType("application/problem+json");
    file(key).then().statusCode(404);
    assertEquals(List.of(), stored(channel));
    assertEquals(null, recorded(key));
  }

  @Test
  void aFormPost_isBoundToItsKeyTypeAndSize() {
    ChannelId channel = openChannel();
    Response issued = issue(channel, "?ext=png&form=post");
    issued.then().statusCode(200).body("url", equalTo("/myfilebucket"));
    String key = issued.path("object_key");
    Map<String, String> fields = issued.path("fields");
    assertEquals(key, fields.get("key"));

    assertEquals(204, post(fields, Samples.PNG));
    assertEquals(400, post(fields, Samples.longer(Samples.PNG, 1_048_577)));
    assertNotEquals(204, post(with(fields, "key", channel + "/other.png"), Samples.PNG));
    assertNotEquals(204, post(with(fields, "Content-Type", "text/html"), Samples.HTML));
    String location = file(key).then().statusCode(302).extract().header("Location");
    assertArrayEquals(Samples.PNG, fromStore(location).body());
  }

  private static Map<String, String> with(Map<String, String> fields, String name, String value) {
    Map<String, String> changed = new java.util.HashMap<>(fields);
    changed.put(name, value);
    return changed;
  }

  private int post(Map<String, String> fields, byte[] content) {
    RequestSpecification form = given();
    fields.forEach(form::multiPart);
    return form.multiPart("file", "a.png", content)
        .post(store.endpoint() + "/myfilebucket")
        .statusCode();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?ext=", "?ext=a/b", "?ext=..", "?ext=p.ng", "?ext=png&form=put"})
  void aBadQuestion_isRefused(String query) {
    issue(openChannel(), query).then().statusCode(400).contentType("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"svg", "html", "exe", "nope"})
  void anExtensionThatIsNotAllowed_isRefused(String extension) {
    issue(openChannel(), "?ext=" + extension).then().statusCode(415);
  }

  @Test
  void membersOfOpenChannelsOnly() {
    given().get("/api/uploader/upload/presigned?ext=png").then().statusCode(401);
    given().get(DOWNLOAD + "eA").then().statusCode(401);
    ChannelId ended = openChannel();
    String key = uploaded(ended, "a.png", Samples.PNG);
    state(ended, "ended");
    issue(ended, "?ext=png").then().statusCode(404);
    download(ended, key).then().statusCode(404);
    file(key).then().statusCode(404);
  }

  @Test
  void aKey_isReadInEitherAlphabet_paddedOrNot() {
    ChannelId channel = openChannel();
    byte[] key = uploaded(channel, "a.png", Samples.PNG).getBytes(StandardCharsets.UTF_8);
    for (Base64.Encoder encoder :
        List.of(
            Base64.getEncoder(),
            Base64.getUrlEncoder(),
            Base64.getEncoder().withoutPadding(),
            Base64.getUrlEncoder().withoutPadding())) {
      String okb64 = encoder.encodeToString(key);
      String url =
          member(channel).get(DOWNLOAD + okb64).then().statusCode(200).extract().path("url");
      assertEquals(200, fromStore(url).statusCode());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "!!!",
        "x",
        "../../etc/passwd",
        "%00",
        "CHANNEL/../5/0123456789abcdef0123456789abcdef.png",
        "CHANNEL/0123456789abcdef0123456789abcdef",
        "/CHANNEL/0123456789abcdef0123456789abcdef.png"
      })
  void whatIsNoKeyOfOurs_isRefused(String text) {
    ChannelId channel = openChannel();
    String key = text.replace("CHANNEL", channel.value());
    member(channel).get(DOWNLOAD + text).then().statusCode(400);
    download(channel, key).then().statusCode(400);
  }

  @Test
  void aKeyOfAnotherChannel_isForbidden_andOneNobodyKnowsIsNotFound() {
    String foreign = uploaded(openChannel(), "a.png", Samples.PNG);
    ChannelId channel = openChannel();
    download(channel, foreign).then().statusCode(403);
    download(channel, channel + "/0123456789abcdef0123456789abcdef.png").then().statusCode(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/files/x/y.png",
        "/files/9/0123456789abcdef0123456789abcdef.png",
        "/files/9",
        "/files/..%2f..%2fetc/passwd",
        "/api/uploader/openapi",
        "/api/uploader/swagger-ui/",
        "/api/uploader/nope"
      })
  void whatIsNotThere_isAProblem(String path) {
    given()
        .urlEncodingEnabled(false)
        .get(path)
        .then()
        .statusCode(404)
        .contentType("application/problem+json");
  }
}
