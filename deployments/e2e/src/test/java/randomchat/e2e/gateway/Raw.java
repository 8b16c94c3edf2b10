package randomchat.e2e.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import randomchat.e2e.client.Http.Answer;

/** Requests that go out byte by byte as they are written, paths and all: one a connection. */
public final class Raw {

  private static final int PATIENCE = 20_000;
  private static final byte[] CHUNK = new byte[1 << 16];

  private final int port;

  public Raw(int port) {
    this.port = port;
  }

  /**
   * @param request method and path
   * @param headers whole lines; a Host among them replaces the usual one
   */
  public Answer ask(String request, String... headers) {
    return send(request, 0, false, headers);
  }

  /** With a body of zeros of that length, which is said in advance. */
  public Answer put(String request, long length, String... headers) {
    return send(request, length, false, headers);
  }

  /** With a body of zeros whose length is not said. */
  public Answer putChunked(String request, long length, String... headers) {
    return send(request, length, true, headers);
  }

  private Answer send(String request, long length, boolean chunked, String... headers) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE);
      OutputStream out = socket.getOutputStream();
      out.write(head(request, length, chunked, headers).getBytes(StandardCharsets.ISO_8859_1));
      try {
        body(out, length, chunked);
      } catch (IOException refused) {
        // what there is of an answer says why
      }
      return answer(socket.getInputStream(), request.startsWith("HEAD "));
    } catch (IOException e) {
      throw new UncheckedIOException(request, e);
    }
  }

  private String head(String request, long length, boolean chunked, String... headers) {
    StringBuilder head = new StringBuilder(request + " HTTP/1.1\r\n");
    if (Arrays.stream(headers).noneMatch(line -> line.startsWith("Host:"))) {
      head.append("Host: localhost:").append(port).append("\r\n");
    }
    if (Arrays.stream(headers).noneMatch(line -> line.startsWith("Connection:"))) {
      head.append("Connection: close\r\n");
    }
    if (chunked) {
      head.append("Transfer-Encoding: chunked\r\n");
    } else if (length > 0) {
      head.append("Content-Length: ").append(length).append("\r\n");
    }
    for (String line : headers) {
      head.append(line).append("\r\n");
    }
    return head.append("\r\n").toString();
  }

  private static void body(OutputStream out, long length, boolean chunked) throws IOException {
    for (long left = length; left > 0; left -= CHUNK.length) {
      int size = (int) Math.min(left, CHUNK.length);
      if (chunked) {
        out.write((Integer.toHexString(size) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      }
      out.write(CHUNK, 0, size);
      if (chunked) {
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
      }
    }
    if (chunked) {
      out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static Answer answer(InputStream in, boolean withoutBody) throws IOException {
    String head = untilBlankLine(in);
    List<String> lines = head.lines().toList();
    int status = Integer.parseInt(lines.getFirst().split(" ")[1]);
    Map<String, List<String>> fields =
        lines.stream()
            .skip(1)
            .map(line -> line.split(": *", 2))
            .collect(
                Collectors.groupingBy(
                    pair -> pair[0], Collectors.mapping(pair -> pair[1], Collectors.toList())));
    HttpHeaders headers = HttpHeaders.of(fields, (name, value) -> true);
    boolean endless = status == 101 || status == 304 || withoutBody;
    return new Answer(status, headers, endless ? new byte[0] : content(in, headers));
  }

  /** All that comes, or as much as was said: a refused body may end the connection roughly. */
  private static byte[] content(InputStream in, HttpHeaders headers) throws IOException {
    var length = headers.firstValueAsLong("Content-Length");
    return length.isPresent() ? in.readNBytes((int) length.getAsLong()) : in.readAllBytes();
  }

  private static String untilBlankLine(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int newlines = 0;
    while (newlines < 2) {
      int c = in.read();
      if (c < 0) {
        throw new IOException("the connection ended after: " + head);
      }
      head.write(c);
      newlines = c == '\n' ? newlines + 1 : c == '\r' ? newlines : 0;
    }
    return head.toString(StandardCharsets.ISO_8859_1).strip();
  }
}
