package randomchat.chat;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A WebSocket client that reads and writes nothing but what the test says. */
final class RawClient implements AutoCloseable {

  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;

  private static final int SMALL = 16 * 1024; // buffers, so that little is read unasked

  private final Socket socket = new Socket();
  private final DataInputStream in;
  private final OutputStream out;
  final Map<String, String> headers = new HashMap<>();

  /**
   * A frame of the server.
   *
   * @param code of a close, or -1
   */
  record Frame(int opcode, byte[] payload) {
    String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    int code() {
      return opcode == CLOSE ? (payload[0] & 0xff) << 8 | payload[1] & 0xff : -1;
    }
  }

  private RawClient(int port) throws IOException {
    socket.setReceiveBufferSize(SMALL);
    socket.setSoTimeout(10_000);
    socket.connect(new InetSocketAddress("127.0.0.1", port));
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), SMALL));
    out = new BufferedOutputStream(socket.getOutputStream(), SMALL);
  }

  static RawClient connect(int port) {
    try {
      return new RawClient(port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The status that a good upgrade request with these further headers gets. */
  int upgrade(String path, String... more) {
    request(path, "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13", more);
    return status();
  }

  void request(String path, String upgrade, String connection, String version, String... more) {
    StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\n");
    for (String header : new String[] {upgrade, connection, version}) {
      request.append(header).append(header.isEmpty() ? "" : "\r\n");
    }
    request.append("Host: localhost:").append(socket.getPort()).append("\r\n");
    request.append("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
    for (String header : more) {
      request.append(header).append("\r\n");
    }
    send(request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Of the answer, whose headers are read too. */
  int status() {
    try {
      String line = line();
      headers.clear();
      for (String header; !(header = line()).isEmpty(); ) {
        int colon = header.indexOf(':');
        headers.put(
            header.substring(0, colon).toLowerCase(Locale.ROOT),
            header.substring(colon + 1).strip());
      }
      return Integer.parseInt(line.split(" ")[1]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void text(String text) {
    frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  void frame(int opcode, byte[] payload) {
    send(bytes(opcode, payload));
  }

  /** A whole frame, masked with zeroes. */
  static byte[] bytes(int opcode, byte[] payload) {
    int head = payload.length < 126 ? 6 : payload.length < 65_536 ? 8 : 14;
    byte[] bytes = new byte[head + payload.length];
    bytes[0] = (byte) (0x80 | opcode);
    if (head == 6) {
      bytes[1] = (byte) (0x80 | payload.length);
    } else {
      bytes[1] = (byte) (0x80 | (head == 8 ? 126 : 127));
      int size = head == 8 ? 2 : 8;
      for (int i = 0; i < size; i++) {
        bytes[2 + i] = (byte) ((long) payload.length >>> 8 * (size - 1 - i));
      }
    }
    System.arraycopy(payload, 0, bytes, head, payload.length);
    return bytes;
  }

  void send(byte[] bytes) {
    try {
      out.write(bytes);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Frame next() {
    try {
      int opcode = in.readUnsignedByte() & 0x0f;
      long length = in.readUnsignedByte();
      length = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
      byte[] payload = new byte[Math.toIntExact(length)];
      in.readFully(payload);
      return new Frame(opcode, payload);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The code of the close that comes, whatever comes before it. */
  int closeCode() {
    Frame frame = next();
    while (frame.opcode() != CLOSE) {
      frame = next();
    }
    return frame.code();
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    InputStream bytes = in;
    for (int c; (c = bytes.read()) != '\n'; ) {
      if (c < 0) {
        throw new IOException("closed");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
