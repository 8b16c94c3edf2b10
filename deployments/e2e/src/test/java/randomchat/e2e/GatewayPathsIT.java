package randomchat.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import randomchat.e2e.client.Http;
import randomchat.e2e.client.Http.Answer;
import randomchat.e2e.client.Person;
import randomchat.e2e.client.Wire;
import randomchat.e2e.gateway.Raw;
import randomchat.e2e.system.Part;
import randomchat.e2e.system.RandomChat;

/** Paths written by somebody who looks for a way around the gateway. */
@WholeSystem
final class GatewayPathsIT {

  private final RandomChat system;
  private final Raw raw;
  private final String bucket;

  GatewayPathsIT(RandomChat system) {
    this.system = system;
    raw = new Raw(system.port());
    bucket = "/" + system.bucket();
  }

  @Test
  void health_and_metrics_are_not_to_be_had() {
    for (String kind : List.of("chat", "match", "user", "uploader")) {
      Part part = system.partsOf(kind).getFirst();
      Http inside = new Http("http://127.0.0.1:" + part.managementPort());
      assertTrue(inside.get("/q/health").expect(200).text().contains("checks"));
      inside.get("/q/metrics").expect(200);
      assertHidden("/api/" + kind + "/q/health");
      assertHidden("/api/" + kind + "/q/metrics");
      assertHidden("/api/" + kind + "/../../q/health");
      assertHidden("/api/" + kind + "/%2e%2e/%2e%2e/q/metrics");
      assertHidden("/api/" + kind + "/..%2f..%2fq/health");
      assertHidden("/api/" + kind + "/..;/..;/q/health");
      assertHidden("/api/" + kind + "//..//..//q/health");
      assertHidden("/api/" + kind + "/openapi");
      assertHidden("/api/" + kind + "/swagger-ui/");
    }
    for (String path :
        List.of(
            "/q/health",
            "/q/health/live",
            "/q/metrics",
            "/q/dev",
            "/q/openapi",
            "//q/health",
            "/%71/health",
            "/metrics",
            "/health",
            "/stub_status",
            "/files/../q/health",
            "/files/..%2fq/health",
            "/files/%2e%2e%2fq%2fmetrics",
            bucket + "/../q/health",
            "http://127.0.0.1:" + system.part("user").managementPort() + "/q/health")) {
      assertHidden(path);
    }
  }

  private void assertHidden(String path) {
    Answer answer = raw.ask("GET " + path);
    assertEquals(404, answer.status(), path);
    for (String word : List.of("checks", "\"UP\"", "jvm_", "openapi: ")) {
      assertFalse(answer.text().contains(word), path);
    }
  }

  @Test
  void a_bucket_is_never_listed() {
    for (String path :
        List.of(
            bucket,
            bucket + "/",
            bucket + "//",
            "/" + bucket + "/",
            bucket + "/.",
            bucket + "/%2F",
            bucket + "/?list-type=2",
            bucket + "?location",
            bucket + "/1/..",
            bucket + "/1/../",
            bucket + "/%2e",
            "/%6dyfilebucket/",
            "/./" + system.bucket() + "/",
            "/files/.." + bucket + "/",
            "/files/%2e%2e" + bucket + "/",
            "/files/..%2f" + system.bucket() + "%2f",
            "/api/user/../.." + bucket + "/")) {
      Answer answer = raw.ask("GET " + path);
      assertEquals(405, answer.status(), path);
      assertEquals("POST", answer.header("Allow"), path);
      assertFalse(answer.text().contains("ListBucket"), path);
    }
    for (String method : List.of("PUT", "DELETE", "HEAD", "OPTIONS")) {
      assertEquals(405, raw.ask(method + " " + bucket + "/", "Content-Length: 0").status(), method);
    }
  }

  @Test
  void an_object_is_not_to_be_had_changed_or_copied_without_a_signature() {
    try (Person.Pair pair = Person.pair(system.origin());
        Wire inside = pair.one().enter(null)) {
      assertTrue(inside.isOpen());
      Answer uploaded = pair.one().upload("hill.png", "image/png", Samples.picture()).expect(201);
      String file = uploaded.json().at("/uploaded_files/0/url").asText();
      String signed = raw.ask("GET " + file).expect(302).header("Location");
      String object = signed.substring(0, signed.indexOf('?'));
      assertTrue(object.startsWith(bucket + "/" + pair.one().channel() + "/"), object);

      raw.ask("GET " + signed).expect(200);
      raw.ask("GET " + object).expect(403);
      raw.ask("GET " + signed.replaceFirst("(X-Amz-Signature=)....", "$10000")).expect(403);
      raw.put("PUT " + object, 10).expect(403);
      raw.put("PUT " + signed, 10).expect(403);
      raw.put("PUT " + object + "2", 10, "X-Amz-Copy-Source: " + object).expect(403);
      raw.ask("DELETE " + signed).expect(405);
      raw.ask("POST " + object + "?uploads", "Content-Length: 0").expect(405);
      assertArrayEquals(Samples.picture(), raw.ask("GET " + signed).bytes());
    }
  }

  @Test
  void no_path_leads_out_of_the_folder_of_the_pages() {
    for (String path :
        List.of(
            "/../nginx.conf",
            "/css/../../nginx.conf",
            "/%2e%2e/nginx.conf",
            "/css/%2e%2e/%2e%2e/nginx.conf",
            "/..%2f..%2f..%2fetc/passwd",
            "/css/..%2f..%2fsecrets",
            bucket + "/../../data/redis",
            "/files/../../secrets",
            "/a%00.html")) {
      assertEquals(400, raw.ask("GET " + path).status(), path);
    }
    for (String path :
        List.of(
            "/nginx.conf",
            "/secrets",
            "/css../nginx.conf",
            "/css/",
            "/js",
            "/.git/config",
            "/test/",
            "/%74est/",
            "//test//",
            "/package.json",
            "/node_modules/x.js",
            "/.problem",
            "/404.html",
            "/..;/nginx.conf",
            "/css\\..\\..\\nginx.conf")) {
      assertEquals(404, raw.ask("GET " + path).status(), path);
    }
  }
}
