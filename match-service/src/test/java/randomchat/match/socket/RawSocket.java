package randomchat.match.socket;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A WebSocket by hand, for what a well-behaved library does not send. */
final class RawSocket implements AutoCloseable {

  private static final String[] UPGRADE = {
    "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13"
  };

  private final Socket socket;

  private RawSocket(Socket socket) {
    this.socket = socket;
  }

  static RawSocket open(URI uri, String sid) throws IOException {
    Socket socket = new Socket(uri.getHost(), uri.getPort());
    int status = ask(socket, uri, sid, UPGRADE);
    if (status != 101) {
      throw new IOException("refused: " + status);
    }
    return new RawSocket(socket);
  }

  /** The status of the answer to a request with these headers. */
  static int status(URI uri, String sid, String... headers) throws IOException {
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      return ask(socket, uri, sid, headers);
    }
  }

  /** Asks for a socket, and is gone before there is an answer. */
  static void askAndGo(URI uri, String sid) throws IOException {
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      request(socket, uri, sid, UPGRADE);
    }
  }

  private static int ask(Socket socket, URI uri, String sid, String... headers) throws IOException {
    socket.setSoTimeout(5_000);
    request(socket, uri, sid, headers);
    return status(socket);
  }

  private static void request(Socket socket, URI uri, String sid, String... headers)
      throws IOException {
    String request =
        """
        GET %s HTTP/1.1\r
        Host: %s:%d\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        Cookie: sid=%s\r
        %s\r
        \r
        """
            .formatted(
                uri.getPath(), uri.getHost(), uri.getPort(), sid, String.join("\r\n", headers));
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
  }

  private static int status(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int c = in.read();
      if (c < 0) {
        throw new IOException("ended after: " + head);
      }
      head.append((char) c);
    }
    return Integer.parseInt(head.substring(9, 12));
  }

  /** What a browser's {@code close()} sends: a close frame without a code. */
  void sendEmptyClose() throws IOException {
    socket.getOutputStream().write(new byte[] {(byte) 0x88, (byte) 0x80, 0, 0, 0, 0});
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
