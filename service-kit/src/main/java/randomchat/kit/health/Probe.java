package randomchat.kit.health;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A program of its own for container engines that ask by a command: exits with 0 if the service on
 * the given management port of this machine is ready within 3 s, else with 1. It needs neither a
 * shell nor the rest of the service.
 */
public final class Probe {

  private static final int PATIENCE = 3_000; // ms

  private Probe() {}

  /**
   * @param args the management port
   */
  public static void main(String[] args) {
    System.exit(isReady(Integer.parseInt(args[0])) ? 0 : 1);
  }

  static boolean isReady(int port) {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(PATIENCE);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE);
      String request = "GET /q/health/ready HTTP/1.0\r\nHost: localhost\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      InputStream answer = socket.getInputStream();
      return new String(answer.readNBytes(12), StandardCharsets.US_ASCII).endsWith(" 200");
    } catch (IOException notReady) {
      return false;
    }
  }
}
