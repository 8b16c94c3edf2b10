package randomchat.uploader;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import randomchat.kit.problem.Problem;
import randomchat.kit.testing.Await;
import randomchat.kit.testing.RedisServer;
import randomchat.uploader.store.Bucket;

@QuarkusTest
class OutageTest extends UploaderTest {

  @Inject Bucket bucket;
  RedisServer server;

  @Test
  void whileRedisIsDown_everyRouteSaysTryAgain_andNothingIsStored() {
    ChannelId channel = openChannel();
    server.kill();
    try {
      String presigned = "/api/uploader/upload/presigned?ext=png";
      long start = System.nanoTime();
      var other =
          CompletableFuture.supplyAsync(
              () -> file(channel + "/0123456789abcdef0123456789abcdef.png"));
      unavailable(member(channel).get(presigned));
      unavailable(other.join());
      assertTrue(Duration.ofNanos(System.nanoTime() - start).toMillis() < 5_900);
      given().get(presigned).then().statusCode(401);
    } finally {
      server.restart();
    }
    state(channel, "open");
    upload(channel, "a.png", Samples.PNG).statusCode(201);
  }

  @Test
  void whileTheStoreIsDown_everyRouteSaysTryAgain_andNothingIsRecorded() {
    ChannelId channel = openChannel();
    String key = uploaded(channel, "a.png", Samples.PNG);
    store.kill();
    try {
      unavailable(upload(channel, "b.png", Samples.PNG).extract().response());
      Await.until("the loss was noticed", () -> !answers());
      unavailable(upload(channel, "b.png", Samples.PNG).extract().response());
      unavailable(member(channel).get("/api/uploader/upload/presigned?ext=png"));
      unavailable(download(channel, key));
      unavailable(file(key));
      assertEquals(1, redis.hash(String.class).hlen(UploaderKeys.uploads(channel)));
    } finally {
      store.restart();
    }
    Await.until("the return was noticed", this::answers);
    assertEquals(List.of(key), stored(channel));
    file(key).then().statusCode(302);
    upload(channel, "b.png", Samples.PNG).statusCode(201);
  }

  private boolean answers() {
    try {
      bucket.require();
      return true;
    } catch (Problem notNow) {
      return false;
    }
  }

  private static void unavailable(Response answer) {
    answer
        .then()
        .statusCode(503)
        .contentType("application/problem+json")
        .header("Retry-After", notNullValue());
  }
}
