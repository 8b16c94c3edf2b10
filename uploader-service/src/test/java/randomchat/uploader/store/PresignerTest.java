package randomchat.uploader.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import randomchat.uploader.ChannelId;
import randomchat.uploader.type.FileType;

/** Nobody listens at these endpoints: signing needs no network. */
class PresignerTest {

  private static final ObjectKey KEY = ObjectKey.random(new ChannelId("9"), "png");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static Presigner presigner(String publicEndpoint) {
    StoreSettings settings =
        new StoreSettings(
            URI.create("http://127.0.0.1:1"),
            Optional.ofNullable(publicEndpoint).map(URI::create),
            "eu-west-1",
            "bucket",
            "access",
            "secret-secret");
    return new Presigner(StoreClients.client(settings, settings.endpoint()), settings);
  }

  @Test
  void throughTheGateway_urlsAreRelative() {
    Presigner presigner = presigner(null);
    String url = presigner.get(KEY, "image/png", "inline", MINUTE);
    assertTrue(url.startsWith("/bucket/" + KEY + "?"), url);
    assertTrue(url.contains("X-Amz-Expires=60"), url);
    assertTrue(url.contains("eu-west-1"), url);
    assertTrue(url.contains("response-content-disposition=inline"), url);
    assertEquals("/bucket", presigner.form(KEY, new FileType("image/png", "png"), 5, MINUTE).url());
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://files.example.org", "http://192.0.2.1:9000"})
  void withAPublicEndpoint_urlsLeadThere(String endpoint) {
    Presigner presigner = presigner(endpoint);
    assertTrue(presigner.put(KEY, MINUTE).startsWith(endpoint + "/bucket/" + KEY + "?"));
    assertEquals(
        endpoint + "/bucket",
        presigner.form(KEY, new FileType("image/png", "png"), 5, MINUTE).url());
  }
}
