package randomchat.chat;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import randomchat.chat.channel.ChannelHistories;
import randomchat.kit.testing.RedisResource;

/** What is asked of a channel outside its sockets, by the paths of both editions. */
@QuarkusTest
@WithTestResource(value = RedisResource.class, scope = TestResourceScope.GLOBAL)
class ChannelResourceTest {

  @TestHTTPResource("/")
  URI http;

  @Inject ChannelHistories histories;

  private Room room;

  @BeforeEach
  void newRoom() {
    room = new Room(http);
  }

  private RequestSpecification as(String user) {
    return given().header("Authorization", "Bearer " + room.token(user));
  }

  private static void problem(int status, ValidatableResponse response) {
    String body =
        response
            .statusCode(status)
            .contentType("application/problem+json")
            .body("status", equalTo(status))
            .body("msg", notNullValue())
            .extract()
            .asString();
    assertFalse(body.contains("Exception") || body.contains("\tat "), body);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/chat/users", "/api/chanusers"})
  void members_areBoth_alsoBeforeAnybodyConnected(String path) {
    as(room.ann)
        .get(path)
        .then()
        .statusCode(200)
        .body("user_ids", containsInAnyOrder(room.ann, room.bob));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/chat/users/online", "/api/chanusers/online"})
  void online_areThoseWithASocket(String path) {
    as(room.ann).get(path).then().statusCode(200).body("user_ids", empty());
    try (ChatClient bob = room.open(room.bob)) {
      bob.action("waiting");
      as(room.ann).get(path).then().body("user_ids", contains(room.bob));
      try (ChatClient ann = room.open(room.ann)) {
        ann.action("joined");
        as(room.ann).get(path).then().body("user_ids", containsInAnyOrder(room.bob, room.ann));
      }
    }
  }

  @Test
  void messages_areNewestFirst_andOldestFirstInTheLightEdition() {
    as(room.ann)
        .get("/api/chat/channel/messages")
        .then()
        .statusCode(200)
        .contentType("application/json")
        .body("messages", empty())
        .body("next_ps", equalTo(""));
    try (ChatClient ann = room.open(room.ann);
        ChatClient bob = room.open(room.bob)) {
      ann.action("joined");
      ann.text("one", "c:1");
      bob.next(0);
      bob.text("\"two\" \\ \u0007 😀", "c:1");
      bob.next(0);
      bob.say("{\"event\":2,\"payload\":\"1\"}");
      ann.next(2);
    }
    as(room.bob)
        .get("/api/chat/channel/messages")
        .then()
        .body("messages.message_id", contains("2", "1"))
        .body("messages.payload", contains("\"two\" \\ \u0007 😀", "one"))
        .body("messages.seen", contains(false, true))
        .body("messages.user_id", contains(room.bob, room.ann))
        .body("messages.key", contains("c:1", "c:1"))
        .body("next_ps", equalTo(""));
    as(room.bob)
        .get("/api/channel/messages")
        .then()
        .body("messages.message_id", contains("1", "2"))
        .body("next_ps", nullValue());
  }

  @Test
  void pages_goBackToTheOldestThatIsKept_andNotFurther() {
    histories.fill(room.id, room.ann, room.bob, 700);
    List<String> ids =
        as(room.ann).get("/api/chat/channel/messages").then().extract().path("messages.message_id");
    assertEquals(500, ids.size());
    assertEquals("700", ids.getFirst());
    assertEquals("201", ids.getLast());
    as(room.ann).get("/api/chat/channel/messages").then().body("next_ps", equalTo(""));
    List<String> older = new ArrayList<>();
    String next = "301";
    while (!next.isEmpty()) {
      ValidatableResponse page = as(room.ann).get("/api/chat/channel/messages?ps=" + next).then();
      older.addAll(page.extract().path("messages.message_id"));
      next = page.extract().path("next_ps");
    }
    assertEquals(100, older.size());
    as(room.ann)
        .get("/api/channel/messages")
        .then()
        .body("messages", hasSize(500))
        .body("messages[0].message_id", equalTo("201"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "0", "-1", "01", "1.5", "9999999999999999", "1x", "%00"})
  void aPageThatIsNone_400(String page) {
    problem(
        400,
        as(room.ann).urlEncodingEnabled(false).get("/api/chat/channel/messages?ps=" + page).then());
  }

  @Test
  void leaving_isForTheTokensUser_andForGood() {
    problem(400, as(room.ann).delete("/api/chat/channel?delby=" + room.bob).then());
    problem(400, as(room.ann).delete("/api/channel?delby=x").then());
    as(room.ann).get("/api/chat/users").then().statusCode(200);
    as(room.ann).delete("/api/chat/channel?delby=" + room.ann).then().statusCode(204);
    problem(404, as(room.ann).delete("/api/chat/channel?delby=" + room.ann).then());
    problem(404, as(room.bob).delete("/api/channel").then());
    for (String path :
        List.of(
            "/api/chat/users",
            "/api/chat/users/online",
            "/api/chat/channel/messages",
            "/api/chat/forwardauth",
            "/api/chanusers",
            "/api/chanusers/online",
            "/api/channel/messages")) {
      problem(404, as(room.bob).get(path).then());
    }
  }

  @Test
  void theLightEdition_leavesToo_alsoAChannelThatNobodyOpened() {
    as(room.bob).delete("/api/channel?delby=" + room.bob).then().statusCode(204);
    problem(404, as(room.ann).get("/api/chat/users").then());
  }

  @Test
  void withoutAGoodChannelToken_401() {
    String identity =
        TestTokens.sign(
            TestTokens.SECRET,
            TestTokens.HS256,
            TestTokens.claims(
                "randomchat:user", room.ann, room.bob, room.id, Instant.now().plusSeconds(600)));
    for (String path :
        List.of(
            "/api/chat/users",
            "/api/chat/users/online",
            "/api/chat/channel/messages",
            "/api/chat/forwardauth",
            "/api/chanusers",
            "/api/chanusers/online",
            "/api/channel/messages")) {
      problem(401, given().get(path).then());
      problem(401, given().header("Authorization", "Basic x").get(path).then());
      problem(401, given().header("Authorization", "Bearer " + identity).get(path).then());
      problem(401, given().get(path + "?access_token=" + room.token(room.ann)).then());
    }
    problem(401, given().delete("/api/chat/channel").then());
    problem(401, given().delete("/api/channel").then());
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS"})
  void forwardauth_answersAnyMethod(String method) {
    as(room.ann)
        .request(method, "/api/chat/forwardauth")
        .then()
        .statusCode(200)
        .header("X-Channel-Id", room.id)
        .header("Cache-Control", "no-store");
    given().request(method, "/api/chat/forwardauth").then().statusCode(401);
    if (method.startsWith("P")) {
      as(room.ann)
          .body("x".repeat(10_000))
          .request(method, "/api/chat/forwardauth")
          .then()
          .statusCode(200);
    }
  }

  @ParameterizedTest
  @CsvSource({"/api/chat/channel, true", "/api/channel, true", "/api/chat/channel, false"})
  void aForeignPage_cannotLeave(String path, boolean foreign) {
    String origin = foreign ? "https://evil.example" : "http://localhost:" + http.getPort();
    ValidatableResponse response = as(room.ann).header("Origin", origin).delete(path).then();
    if (foreign) {
      problem(403, response);
      as(room.ann).get("/api/chat/users").then().statusCode(200);
    } else {
      response.statusCode(204);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/chat, 404",
    "GET, /api/chat/nothing, 404",
    "GET, /api/nothing, 404",
    "POST, /api/chat/users, 405",
    "PUT, /api/channel, 405",
    "GET, /q/health, 404",
    "GET, /q/metrics, 404",
    "GET, /api/chat/openapi, 404",
    "GET, /api/chat/swagger-ui, 404",
  })
  void whatIsNotThere_isAProblemToo(String method, String path, int status) {
    as(room.ann).request(method, path).then().statusCode(status);
  }
}
