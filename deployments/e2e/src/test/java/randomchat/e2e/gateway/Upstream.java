package randomchat.e2e.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands where a service would, and answers every request: with the head that reached it. */
public final class Upstream implements AutoCloseable {

  private final ServerSocket entrance;
  private final String status;
  private final AtomicInteger asked = new AtomicInteger();

  public Upstream() {
    this(InetAddress.getLoopbackAddress(), 0, "200 OK");
  }

  /**
   * @param port 0 for any
   * @param status of every answer, with its reason
   */
  public Upstream(InetAddress address, int port, String status) {
    this.status = status;
    try {
      entrance = new ServerSocket(port, 50, address);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::serve);
  }

  /** How many requests have reached it. */
  public int asked() {
    return asked.get();
  }

  public int port() {
    return entrance.getLocalPort();
  }

  private void serve() {
    try {
      while (true) {
        Socket socket = entrance.accept();
        Thread.ofVirtual().start(() -> answer(socket));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void answer(Socket socket) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      StringBuilder head = new StringBuilder();
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        head.append(line).append('\n');
      }
      asked.incrementAndGet();
      String answer =
          "HTTP/1.1 "
              + status
              + "\r\nContent-Type: text/plain\r\nConnection: close\r\nContent-Length: "
              + head.length()
              + "\r\n\r\n"
              + head;
      socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException gone) {
      // and so is its answer
    }
  }

  @Override
  public void close() {
    try {
      entrance.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
