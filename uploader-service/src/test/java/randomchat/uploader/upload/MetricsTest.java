package randomchat.uploader.upload;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import randomchat.kit.testing.Scrape;
import randomchat.uploader.ChannelId;
import randomchat.uploader.Samples;
import randomchat.uploader.UploaderTest;

/** What an operator sees of files. */
@QuarkusTest
class MetricsTest extends UploaderTest {

  private static final String UPLOADS = "randomchat_uploads_total";

  @TestHTTPResource(value = "/metrics", management = true)
  URI metrics;

  private Scrape before;

  @BeforeEach
  void look() {
    before = Scrape.of(metrics);
  }

  private void assertOne(String outcome) {
    Scrape now = Scrape.of(metrics);
    String label = "outcome=\"" + outcome + "\"";
    assertEquals(1, now.sum(UPLOADS, label) - before.sum(UPLOADS, label), outcome);
    assertEquals(1, now.sum(UPLOADS) - before.sum(UPLOADS), "nothing else");
    before = now;
  }

  @Test
  void eachUpload_isCountedOnce_byWhatBecameOfIt() {
    ChannelId channel = openChannel();
    upload(channel, "a.png", Samples.PNG).statusCode(201);
    assertOne("stored");
    upload(channel, "a.png", "no picture".getBytes(StandardCharsets.UTF_8)).statusCode(415);
    assertOne("bad_type");
    upload(channel, "a.png", new byte[0]).statusCode(400);
    assertOne("bad_request");
    state(channel, "ended");
    upload(channel, "a.png", Samples.PNG).statusCode(404);
    assertOne("no_channel");
    given().get("/api/uploader/upload/presigned?ext=png").then().statusCode(401);
    assertOne("unauthorized");
  }

  @Test
  void whatAMemberWrites_isIssued_andAdoptedOrRejected() {
    ChannelId channel = openChannel();
    String good = written(channel, Samples.PNG);
    download(channel, good).then().statusCode(200);
    assertOne("adopted");
    download(channel, good).then().statusCode(200);
    String bad = written(channel, "no picture".getBytes(StandardCharsets.UTF_8));
    download(channel, bad).then().statusCode(415);
    assertOne("rejected");
  }

  private String written(ChannelId channel, byte[] content) {
    Response issued = member(channel).get("/api/uploader/upload/presigned?ext=png");
    assertOne("issued");
    toStore(issued.path("url"), content);
    return issued.path("object_key");
  }
}
