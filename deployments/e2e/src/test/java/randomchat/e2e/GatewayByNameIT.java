package randomchat.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import randomchat.e2e.gateway.Gateway;
import randomchat.e2e.gateway.Names;
import randomchat.e2e.gateway.Raw;
import randomchat.e2e.gateway.Upstream;
import randomchat.e2e.system.Eventually;
import randomchat.kit.testing.RedisServer;

/** A gateway that finds the replicas of a service by its name, as in a cluster of containers. */
final class GatewayByNameIT {

  private static final String[] UPGRADE = {"Connection: Upgrade", "Upgrade: websocket"};

  private final int port = RedisServer.freePort();
  private final InetAddress first = address(2);
  private final InetAddress second = address(3);

  @Test
  void an_upgrade_that_one_replica_refuses_is_tried_on_the_others() {
    try (Names names = new Names(first, second);
        Upstream full = new Upstream(first, port, "503 Service Unavailable");
        Upstream free = new Upstream(second, port, "200 OK");
        Gateway gateway = gateway(names)) {
      Raw raw = new Raw(gateway.port());
      for (int i = 0; i < 30; i++) {
        raw.ask("GET /api/chat", UPGRADE).expect(200);
        raw.ask("GET /api/match", UPGRADE).expect(200);
      }
      assertTrue(full.asked() > 0, "both are asked");
      assertEquals(60, free.asked());
    }
  }

  @Test
  void a_replica_that_is_gone_but_still_named_is_passed_over() {
    try (Names names = new Names(first, second);
        Upstream there = new Upstream(second, port, "200 OK");
        Gateway gateway = gateway(names)) {
      Raw raw = new Raw(gateway.port());
      for (int i = 0; i < 10; i++) {
        raw.ask("GET /api/chat", UPGRADE).expect(200);
        raw.ask("GET /api/chat/users").expect(200);
        raw.ask("GET /api/user/me").expect(200);
      }
      assertEquals(30, there.asked());
    }
  }

  @Test
  void replicas_that_come_and_go_are_followed() {
    try (Names names = new Names(first);
        Upstream old = new Upstream(first, port, "200 OK");
        Upstream come = new Upstream(second, port, "200 OK");
        Gateway gateway = gateway(names)) {
      Raw raw = new Raw(gateway.port());
      raw.ask("GET /api/chat/users").expect(200);
      assertEquals(0, come.asked());

      names.are(second);
      Eventually.is(
          "the new one is asked",
          () -> raw.ask("GET /api/chat/users").expect(200) != null && come.asked() > 0);
      int before = old.asked();
      raw.ask("GET /api/chat", UPGRADE).expect(200);
      raw.ask("GET /api/chat/users").expect(200);
      assertEquals(before, old.asked());
    }
  }

  @Test
  void a_name_without_addresses_is_503() {
    try (Names names = new Names();
        Gateway gateway = gateway(names)) {
      Raw raw = new Raw(gateway.port());
      raw.ask("GET /api/chat", UPGRADE).expect(503);
      raw.ask("GET /api/user/me").expect(503);
      raw.ask("GET /").expect(200);
    }
  }

  private Gateway gateway(Names names) {
    Map<String, String> variables = new HashMap<>();
    for (String service : new String[] {"CHAT", "MATCH", "USER", "UPLOADER"}) {
      variables.put(
          service + "_UPSTREAMS", service.toLowerCase(java.util.Locale.ROOT) + ".test:" + port);
    }
    variables.put("GATEWAY_RESOLVER", names.address());
    variables.put("GATEWAY_RATE_LIMIT", "off");
    return new Gateway(variables);
  }

  private static InetAddress address(int last) {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    } catch (java.net.UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
