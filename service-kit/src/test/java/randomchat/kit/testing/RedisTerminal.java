package randomchat.kit.testing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A Redis, asked directly: fast enough to look between two steps of a script. */
public final class RedisTerminal implements AutoCloseable {

  private final Socket socket;
  private final InputStream in;

  public RedisTerminal(String host, int port) {
    try {
      socket = new Socket(host, port);
      in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public RedisTerminal(String host, int port, String password) {
    this(host, port);
    ask("AUTH", password);
  }

  /** The reply as text: null for nil, the elements of an array in lines. */
  public String ask(String... command) {
    StringBuilder request = new StringBuilder("*" + command.length + "\r\n");
    for (String word : command) {
      int length = word.getBytes(StandardCharsets.UTF_8).length;
      request.append('$').append(length).append("\r\n").append(word).append("\r\n");
    }
    try {
      socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
      return reply();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String reply() throws IOException {
    String line = line();
    String rest = line.substring(1);
    return switch (line.charAt(0)) {
      case '+', ':' -> rest;
      case '$' -> bulk(Integer.parseInt(rest));
      case '*' -> array(Integer.parseInt(rest));
      default -> throw new AssertionError("Redis says " + line);
    };
  }

  private String bulk(int length) throws IOException {
    if (length < 0) {
      return null;
    }
    String text = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    in.readNBytes(2);
    return text;
  }

  private String array(int length) throws IOException {
    List<String> elements = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      elements.add(reply());
    }
    return String.join("\n", elements);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\r'; c = in.read()) {
      if (c < 0) {
        throw new IOException("Redis is gone");
      }
      line.append((char) c);
    }
    in.read();
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
