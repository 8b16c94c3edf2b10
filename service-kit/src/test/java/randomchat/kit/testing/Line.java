package randomchat.kit.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** A TCP connection over which exactly the bytes go that its caller wants. */
public final class Line implements AutoCloseable {

  public static final int TEXT = 0x81;
  public static final int BINARY = 0x82;
  public static final int CLOSE = 0x88;
  public static final int PING = 0x89;
  public static final int PONG = 0x8A;

  private static final int CONNECT_MILLIS = 10_000;
  private static final int PATIENCE_MILLIS = 20_000;
  private static final int MASKED = 0x80;
  private static final int LONGEST_SHORT = 125;
  private static final int SMALL = 16 * 1024;

  private static final String[] UPGRADE = {
    "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"
  };

  private final Socket socket = new Socket();
  private final String host;
  private final OutputStream out;
  private InputStream in;
  private String head = "";

  /** What a server sent: the first byte of its frame, and what was in it. */
  public record Frame(int head, byte[] content) {

    public String text() {
      return new String(content, StandardCharsets.UTF_8);
    }

    /** Of a close frame; 1005 if it says none. */
    public int closeCode() {
      return content.length < 2 ? 1005 : ByteBuffer.wrap(content).getShort();
    }
  }

  /** Refused before the 101. */
  public static final class Refused extends RuntimeException {

    public final int status;

    Refused(int status) {
      super("refused with " + status, null, false, false);
      this.status = status;
    }
  }

  public Line(URI to) {
    this(to, 0);
  }

  /**
   * @param unread bytes that the system takes in before somebody reads; 0 for its own choice
   */
  private Line(URI to, int unread) {
    host = to.getAuthority();
    try {
      if (unread > 0) {
        socket.setReceiveBufferSize(unread);
      }
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(new InetSocketAddress(to.getHost(), to.getPort()), CONNECT_MILLIS);
      out = socket.getOutputStream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A WebSocket of chat. */
  public static Line upgraded(URI to, String token) {
    return upgraded(new Line(to), to, token);
  }

  /** One whose system takes in little, as over a network, before somebody reads. */
  public static Line upgradedUnread(URI to, String token) {
    return upgraded(new Line(to, SMALL), to, token);
  }

  private static Line upgraded(Line line, URI to, String token) {
    String query = to.getRawQuery() == null ? "" : "?" + to.getRawQuery();
    String bearer = "Sec-WebSocket-Protocol: randomchat, bearer." + token;
    int status = line.upgrade(to.getRawPath() + query, bearer);
    if (status != 101) {
      line.close();
      throw new Refused(status);
    }
    return line;
  }

  /** The status that the request for a WebSocket with these further headers gets. */
  public int upgrade(String target, String... headers) {
    requestUpgrade(target, headers);
    return status();
  }

  /** Asks for a WebSocket, and waits for nothing. */
  public void requestUpgrade(String target, String... headers) {
    request(target, Stream.of(UPGRADE, headers).flatMap(Stream::of).toArray(String[]::new));
  }

  /** Asks for a WebSocket with these headers only, beside Host and key. */
  public void request(String target, String... headers) {
    send(
        """
        GET %s HTTP/1.1\r
        Host: %s\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        %s\r
        \r
        """
            .formatted(target, host, String.join("\r\n", headers)));
  }

  /**
   * How long it waits for what comes next.
   *
   * @param millis 0 for ever
   */
  public void waits(int millis) {
    try {
      socket.setSoTimeout(millis);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void send(String latin1) {
    send(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  public void send(byte[] bytes) {
    try {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void text(String text) {
    send(frame(TEXT, text.getBytes(StandardCharsets.UTF_8)));
  }

  /** A whole frame of a client, under a mask that changes nothing. */
  public static byte[] frame(int head, byte[] content) {
    byte[] start = head(head, content.length);
    ByteBuffer frame = ByteBuffer.allocate(start.length + content.length);
    return frame.put(start).put(content).array();
  }

  /** The beginning of a frame that says how long it will be. */
  public static byte[] head(int head, int length) {
    ByteBuffer start = ByteBuffer.allocate(14).put((byte) head);
    if (length <= LONGEST_SHORT) {
      start.put((byte) (MASKED | length));
    } else if (length < 1 << 16) {
      start.put((byte) (MASKED | 126)).putShort((short) length);
    } else {
      start.put((byte) (MASKED | 127)).putLong(length);
    }
    start.putInt(0);
    byte[] bytes = new byte[start.position()];
    start.flip().get(bytes);
    return bytes;
  }

  /** The status of the answer that comes next, whose head is read; 0 if the connection ends. */
  public int status() {
    head = answerHead();
    return head.isEmpty() ? 0 : Integer.parseInt(head.split("[ \r]", 3)[1]);
  }

  /** What the head that {@link #status} has read says under that name; null if nothing. */
  public String header(String name) {
    return head.lines()
        .map(line -> line.split(": *", 2))
        .filter(pair -> pair[0].equalsIgnoreCase(name))
        .map(pair -> pair[1])
        .findFirst()
        .orElse(null);
  }

  /** The head of the answer that comes next; empty if the connection ends. */
  public String answerHead() {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    try {
      int newlines = 0;
      while (newlines < 2) {
        int c = in().read();
        if (c < 0) {
          return "";
        }
        lines.write(c);
        newlines = c == '\n' ? newlines + 1 : c == '\r' ? newlines : 0;
      }
    } catch (java.net.SocketTimeoutException e) {
      throw new UncheckedIOException(e);
    } catch (IOException reset) {
      return "";
    }
    return lines.toString(StandardCharsets.ISO_8859_1);
  }

  /** So many bytes, of the body of an answer. */
  public byte[] take(int bytes) {
    try {
      return in().readNBytes(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next frame of the server. */
  public Frame next() {
    try {
      DataInputStream data = new DataInputStream(in());
      int head = data.readUnsignedByte();
      long length = data.readUnsignedByte();
      if (length == 126) {
        length = data.readUnsignedShort();
      } else if (length == 127) {
        length = data.readLong();
      }
      byte[] content = new byte[Math.toIntExact(length)];
      data.readFully(content);
      return new Frame(head, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads frames up to a close frame or the end; its code, or 1006. */
  public int closeCode() {
    try {
      while (true) {
        Frame frame = next();
        if (frame.head() == CLOSE) {
          return frame.closeCode();
        }
      }
    } catch (UncheckedIOException ended) {
      return 1006;
    }
  }

  /** Only who reads needs a buffer: there are thousands who do not. */
  private InputStream in() throws IOException {
    if (in == null) {
      in = new BufferedInputStream(socket.getInputStream());
    }
    return in;
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
