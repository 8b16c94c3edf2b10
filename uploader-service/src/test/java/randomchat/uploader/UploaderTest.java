package randomchat.uploader;

import static io.restassured.RestAssured.given;

import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import randomchat.kit.testing.RedisResource;
import randomchat.kit.testing.StoreResource;
import randomchat.kit.testing.StoreServer;
import randomchat.kit.token.Tokens;
import randomchat.uploader.store.ObjectStore;

/** A running service with a Redis and a store of its own; every test takes channels of its own. */
@QuarkusTestResource(RedisResource.class)
@QuarkusTestResource(StoreResource.class)
public abstract class UploaderTest {

  private static final AtomicLong CHANNELS = new AtomicLong(1000);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @Inject protected RedisDataSource redis;
  @Inject protected Tokens tokens;
  @Inject protected ObjectStore objects;
  protected StoreServer store;

  /** A channel that chat-service has opened. */
  protected ChannelId openChannel() {
    ChannelId channel = new ChannelId(String.valueOf(CHANNELS.incrementAndGet()));
    state(channel, "open");
    return channel;
  }

  protected void state(ChannelId channel, String state) {
    redis.hash(String.class).hset(UploaderKeys.meta(channel), "state", state);
    redis.key().expire(UploaderKeys.meta(channel), 3600);
  }

  protected String token(String user, ChannelId channel) {
    return tokens.sign(
        "randomchat:channel",
        user,
        Map.of("channel_id", channel.value(), "peer", "22"),
        Instant.now().plusSeconds(600));
  }

  protected RequestSpecification member(ChannelId channel) {
    return given().header("Authorization", "Bearer " + token("11", channel));
  }

  protected ValidatableResponse upload(ChannelId channel, String name, byte[] content) {
    return member(channel)
        .multiPart("files", name, content)
        .post("/api/uploader/upload/files")
        .then();
  }

  protected String uploaded(ChannelId channel, String name, byte[] content) {
    return upload(channel, name, content)
        .statusCode(201)
        .extract()
        .path("uploaded_files[0].object_key");
  }

  /** Follows what the gateway would pass to the store. */
  protected HttpResponse<byte[]> fromStore(String relative) {
    return send(HttpRequest.newBuilder(URI.create(store.endpoint() + relative)).build());
  }

  protected HttpResponse<byte[]> toStore(String relative, byte[] content) {
    return send(
        HttpRequest.newBuilder(URI.create(store.endpoint() + relative))
            .PUT(HttpRequest.BodyPublishers.ofByteArray(content))
            .build());
  }

  protected Response file(String key) {
    return given().redirects().follow(false).get("/files/" + key);
  }

  protected Response download(ChannelId channel, String key) {
    String okb64 = Base64.getUrlEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    return member(channel).get("/api/uploader/download/presigned?okb64=" + okb64);
  }

  protected List<String> stored(ChannelId channel) {
    return objects.list(channel + "/", "", 1000).stream().map(ObjectStore.Listed::key).toList();
  }

  private static HttpResponse<byte[]> send(HttpRequest request) {
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (java.io.IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
