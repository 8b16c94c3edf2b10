package randomchat.user;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Cookie;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import randomchat.kit.testing.RedisResource;
import randomchat.kit.token.Tokens;

@QuarkusTest
@QuarkusTestResource(RedisResource.class)
class UserResourceTest {

  @Inject RedisDataSource redis;
  @Inject Tokens tokens;

  @BeforeEach
  void empty() {
    redis.flushall();
  }

  private static Response create(String name) {
    return given().contentType("application/json").body(Map.of("name", name)).post("/api/user");
  }

  private static RequestSpecification as(Response created) {
    return given().cookie("sid", created.cookie("sid"));
  }

  private RequestSpecification withToken(String audience, String subject, Instant expiry) {
    return given().cookie("sid", tokens.sign(audience, subject, Map.of("name", "x"), expiry));
  }

  @Test
  void aNewUser_hasAnIdANameAPicture_andACookieThatSaysSo() {
    Response created = create("  A\u0308nn ");
    created
        .then()
        .statusCode(201)
        .contentType("application/json")
        .body("id", matchesPattern("[1-9][0-9]{0,18}"))
        .body("name", equalTo("Änn"))
        .body("picture", matchesPattern("/api/user/avatar/[0-9a-f]{16}\\.svg"));
    as(created).get("/api/user/me").then().statusCode(200).body(equalTo(created.body().asString()));
  }

  @Test
  void theCookie_isOutOfReachOfScriptsAndOtherSites_andLivesAsLongAsItsToken() {
    Cookie cookie = create("Ann").detailedCookie("sid");
    assertTrue(cookie.isHttpOnly());
    assertFalse(cookie.isSecured());
    assertEquals("Lax", cookie.getSameSite());
    assertEquals("/", cookie.getPath());
    assertEquals(86_400, cookie.getMaxAge());
    Instant expiry = tokens.verify(cookie.getValue(), "randomchat:user").orElseThrow().expiresAt();
    assertTrue(
        Math.abs(Instant.now().plusSeconds(86_400).getEpochSecond() - expiry.getEpochSecond())
            <= 5);
  }

  @Test
  void behindHttps_theCookieIsSecure() {
    Cookie cookie =
        given()
            .header("X-Forwarded-Proto", "https")
            .body("{\"name\":\"Ann\"}")
            .post("/api/user")
            .detailedCookie("sid");
    assertTrue(cookie.isSecured());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain;charset=UTF-8",
        "application/x-www-form-urlencoded",
        "application/octet-stream"
      })
  void theBodyIsJson_whateverItsTypeSays(String type) {
    given()
        .config(
            io.restassured.config.RestAssuredConfig.config()
                .encoderConfig(
                    io.restassured.config.EncoderConfig.encoderConfig()
                        .encodeContentTypeAs(type, io.restassured.http.ContentType.TEXT)))
        .contentType(type)
        .body("{\"name\":\"Ann\",\"other\":1}")
        .post("/api/user")
        .then()
        .statusCode(201)
        .body("name", equalTo("Ann"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "[]",
        "null",
        "\"Ann\"",
        "{}",
        "{\"name\":5}",
        "{\"name\":null}",
        "{\"name\":\"\"}",
        "{\"name\":\"a\",\"name\":\"b\"}",
        "{\"name\":\"a\"} x",
        "{\"name\":\"a\\u0007b\"}",
        "{\"name\":\"a\\u202eb\"}",
        "{\"name\":\"\\u200b\"}",
        "{\"name\":\"a\\ud800\"}",
        "{\"name\":\"0123456789012345678901234567890\"}"
      })
  void aBodyWithoutAGoodName_isRefused(String body) {
    given()
        .contentType("text/plain")
        .body(body)
        .post("/api/user")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("status", equalTo(400))
        .body("msg", containsString("name"))
        .cookies(Map.of());
    assertEquals(0, redis.key().keys("*").size());
  }

  @Test
  void bytesThatAreNoUtf8_areRefused() {
    given()
        .body(new byte[] {'{', '"', 'n', 'a', 'm', 'e', '"', ':', '"', (byte) 0xff, '"', '}'})
        .post("/api/user")
        .then()
        .statusCode(400);
  }

  @Test
  void anOversizedBody_isRefusedUnread() {
    given()
        .contentType("application/json")
        .body("{\"name\":\"" + " ".repeat(20_000) + "\"}")
        .post("/api/user")
        .then()
        .statusCode(413)
        .contentType("application/problem+json")
        .body("msg", containsString("16384"));
  }

  @Test
  void aForeignPage_mayMakeNobody() {
    given()
        .header("Origin", "https://evil.example")
        .body("{\"name\":\"Ann\"}")
        .post("/api/user")
        .then()
        .statusCode(403)
        .contentType("application/problem+json");
  }

  @Test
  void anotherUser_isFoundById_andUnderTheLightEditionsPath() {
    Response ann = create("Ann");
    Response bob = create("Bob");
    String id = bob.path("id");
    as(ann).get("/api/user?uid=" + id).then().statusCode(200).body(equalTo(bob.asString()));
    as(ann)
        .get("/api/user/" + id + "/name")
        .then()
        .statusCode(200)
        .body(equalTo("{\"id\":\"" + id + "\",\"name\":\"Bob\"}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/user",
        "/api/user?uid=",
        "/api/user?uid=x",
        "/api/user?uid=-1",
        "/api/user?uid=9223372036854775808",
        "/api/user/x/name"
      })
  void aQuestionForNoId_isBad(String path) {
    as(create("Ann")).get(path).then().statusCode(400).body("status", equalTo(400));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/user?uid=7", "/api/user/7/name"})
  void aUserNobodyKnows_isNotFound(String path) {
    as(create("Ann")).get(path).then().statusCode(404).body("msg", equalTo("no such user"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/user/me", "/api/user?uid=7", "/api/user/7/name"})
  void withoutAGoodCookie_nothingIsTold(String path) {
    Instant soon = Instant.now().plusSeconds(60);
    unauthorized(given(), path);
    unauthorized(given().cookie("sid", ""), path);
    unauthorized(given().cookie("sid", "x.y.z"), path);
    unauthorized(withToken("randomchat:channel", "11", soon), path);
    unauthorized(withToken("randomchat:user", "11", Instant.now().minusSeconds(1)), path);
    unauthorized(withToken("randomchat:user", "no-number", soon), path);
    String token = tokens.sign("randomchat:user", "11", Map.of(), soon);
    unauthorized(given().cookie("sid", token.substring(0, token.length() - 3) + "AAA"), path);
    unauthorized(given().header("Authorization", "Bearer " + token), path);
  }

  private static void unauthorized(RequestSpecification caller, String path) {
    caller
        .get(path)
        .then()
        .statusCode(401)
        .contentType("application/problem+json")
        .body("title", equalTo("Unauthorized"));
  }

  @Test
  void aUserWhoseRecordExpired_isNotFound() {
    Response ann = create("Ann");
    redis.flushall();
    as(ann).get("/api/user/me").then().statusCode(404);
  }

  @Test
  void aLookUp_letsTheRecordLiveOn() {
    Response ann = create("Ann");
    String key = "user:{" + ann.path("id") + "}";
    redis.key().expire(key, 100);
    as(ann).get("/api/user/me").then().statusCode(200);
    assertTrue(redis.key().ttl(key) > 86_000);
  }

  @Test
  void whoLeaves_isGone_andItsCookieToo() {
    Response ann = create("Ann");
    Response bob = create("Bob");
    Cookie cleared =
        as(ann).delete("/api/user/me").then().statusCode(204).extract().detailedCookie("sid");
    assertEquals(0, cleared.getMaxAge());
    assertEquals("", cleared.getValue());
    as(bob).get("/api/user?uid=" + ann.path("id")).then().statusCode(404);
    as(ann).get("/api/user/me").then().statusCode(404);
    as(ann).delete("/api/user/me").then().statusCode(204);
    given().delete("/api/user/me").then().statusCode(401);
  }

  @Test
  void aPicture_isASafeSvgThatMayBeKeptForEver() {
    String picture = create("<script>alert(1)</script>").path("picture");
    given()
        .get(picture)
        .then()
        .statusCode(200)
        .contentType("image/svg+xml")
        .header("Content-Security-Policy", startsWith("default-src 'none'"))
        .header("X-Content-Type-Options", "nosniff")
        .header("Cache-Control", containsString("immutable"))
        .body(startsWith("<svg"), not(containsString("script")));
    given().head(picture).then().statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/user/avatar/x.svg",
        "/api/user/avatar/0123456789ABCDEF.svg",
        "/api/user/avatar/0123456789abcdef",
        "/api/user/nope",
        "/api/user/openapi",
        "/api/user/openapi.json",
        "/api/user/swagger-ui/",
        "/api/user/swagger-ui"
      })
  void whatIsNotThere_isAProblem(String path) {
    given().get(path).then().statusCode(404).contentType("application/problem+json");
  }
}
