package randomchat.user;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import randomchat.kit.testing.RedisResource;
import randomchat.kit.testing.RedisServer;

@QuarkusTest
@QuarkusTestResource(RedisResource.class)
class RedisOutageTest {

  RedisServer server;

  @Test
  void whileRedisIsDown_everyRouteSaysTryAgain_andAfterwardsAllIsWell() {
    String cookie = create().statusCode(201).extract().cookie("sid");
    server.kill();
    try {
      long start = System.nanoTime();
      create()
          .statusCode(503)
          .contentType("application/problem+json")
          .header("Retry-After", notNullValue())
          .body("status", equalTo(503));
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      assertTrue(took.toMillis() < 7_000, "answered after " + took);
      given().get("/api/user/avatar/0123456789abcdef.svg").then().statusCode(200);
      given().get("/api/user/me").then().statusCode(401);
    } finally {
      server.restart();
    }
    create().statusCode(201);
    given().cookie("sid", cookie).get("/api/user/me").then().statusCode(404);
  }

  private static io.restassured.response.ValidatableResponse create() {
    return given().body("{\"name\":\"Ann\"}").post("/api/user").then();
  }
}
