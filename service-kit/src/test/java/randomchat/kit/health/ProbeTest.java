package randomchat.kit.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ProbeTest {

  @Test
  void ready_is_what_answers_200_and_nothing_else() throws IOException {
    AtomicInteger status = new AtomicInteger(200);
    AtomicReference<String> asked = new AtomicReference<>();
    HttpServer service =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext(
        "/",
        exchange -> {
          asked.set(exchange.getRequestURI().getPath());
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
        });
    service.start();
    int port = service.getAddress().getPort();
    try {
      assertTrue(Probe.isReady(port));
      assertEquals("/q/health/ready", asked.get());
      status.set(503);
      assertFalse(Probe.isReady(port));
    } finally {
      service.stop(0);
    }
    assertFalse(Probe.isReady(port), "nobody listens");
  }
}
