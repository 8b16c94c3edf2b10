package randomchat.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.FilePayload;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import randomchat.e2e.browser.Browsers;
import randomchat.e2e.browser.Visitor;
import randomchat.e2e.client.Http;
import randomchat.e2e.client.Person;
import randomchat.e2e.client.Wire;
import randomchat.e2e.gateway.Gateway;
import randomchat.e2e.gateway.TlsProxy;
import randomchat.e2e.system.RandomChat;

/** Behind a proxy that speaks TLS and is trusted. */
@WholeSystem
final class BehindTlsIT {

  private static final String NAME = "{\"name\":\"Ann\"}";

  private final RandomChat system;
  private final Browsers browsers;
  private final Gateway gateway;
  private final TlsProxy proxy;
  private final String origin;

  BehindTlsIT(RandomChat system, Browsers browsers) {
    this.system = system;
    this.browsers = browsers;
    Map<String, String> variables = Gateway.upstreams(system);
    variables.put("TRUSTED_PROXIES", "127.0.0.1/32");
    variables.put("GATEWAY_RATE_LIMIT", "off");
    gateway = new Gateway(variables);
    proxy = new TlsProxy(gateway);
    origin = proxy.origin();
  }

  @AfterEach
  void stop() {
    proxy.close();
    gateway.close();
  }

  @Test
  void two_browsers_talk_over_wss_and_their_cookies_are_secure() {
    var options = new Browser.NewContextOptions().setIgnoreHTTPSErrors(true);
    Visitor ann = browsers.visitor(origin, options);
    Visitor ben = browsers.visitor(origin, options);
    browsers.pair(ann, ben);
    ann.say("in private");
    assertThat(ben.message("in private")).isVisible();
    ben.$("#file").setInputFiles(new FilePayload("hill.png", "image/png", Samples.picture()));
    assertThat(ann.$("#messages img")).hasJSProperty("naturalWidth", 320);

    Cookie sid = ann.context().cookies().getFirst();
    assertEquals("sid", sid.name);
    assertTrue(sid.secure);
    assertTrue(sid.httpOnly);
  }

  @Test
  void only_a_page_of_this_origin_may_act() {
    Http http = new Http(origin, proxy.trust());
    http.post("/api/user", NAME, "Origin", origin).expect(201);
    try (Wire wire = http.open("/api/match", List.of(), "Origin", origin)) {
      assertTrue(wire.isOpen());
    }
    for (String foreign :
        List.of(
            "http://localhost:" + proxy.port(),
            "https://evil.example",
            "https://localhost:" + gateway.port(),
            "null")) {
      http.post("/api/user", NAME, "Origin", foreign).expect(403);
      assertEquals(403, http.refusal("/api/match", List.of(), "Origin", foreign).status());
    }
  }

  @Test
  void a_script_without_an_origin_is_served_over_tls_too() {
    Person ann = new Person(new Http(origin, proxy.trust()), "Ann");
    Wire seeking = ann.seek();
    Person ben = new Person(system.origin(), "Ben").meet();
    ann.take(seeking.next(frame -> frame.has("access_token")));
    Wire hers = ann.enter("0");
    hers.text("hello", "key:1");
    assertEquals("hello", ben.enter("0").next(0).get("payload").asText());
    ann.leave();
  }
}
