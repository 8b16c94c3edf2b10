package randomchat.e2e.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** The network between a browser and the gateway: bytes pass, until somebody pulls the plug. */
public final class Cable implements AutoCloseable {

  private final int target;
  private final ServerSocket entrance;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;
  private volatile boolean mute;

  public Cable(int target) {
    this.target = target;
    try {
      entrance = new ServerSocket(0, 50, InetAddress.getByName("localhost"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::serve);
  }

  public String origin() {
    return "http://localhost:" + entrance.getLocalPort();
  }

  /** Every connection ends without a word, and none can be made. */
  public void cut() {
    cut = true;
    sockets.forEach(Cable::closed);
    sockets.clear();
  }

  /** From now on nothing arrives of what is sent; what the other side sends still does. */
  public void mute() {
    mute = true;
  }

  public void mend() {
    cut = false;
    mute = false;
  }

  private void serve() {
    try {
      while (true) {
        Socket near = entrance.accept();
        Thread.ofVirtual().start(() -> connect(near));
      }
    } catch (IOException closed) {
      cut();
    }
  }

  private void connect(Socket near) {
    if (cut) {
      closed(near);
      return;
    }
    try {
      Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
      sockets.add(near);
      sockets.add(far);
      if (cut) {
        cut();
      }
      Thread.ofVirtual().start(() -> pass(near, far, () -> mute));
      pass(far, near, () -> false);
    } catch (IOException refused) {
      closed(near);
    }
  }

  private void pass(Socket from, Socket to, BooleanSupplier drops) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      byte[] buffer = new byte[16_384];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (!drops.getAsBoolean()) {
          out.write(buffer, 0, count);
        }
      }
    } catch (IOException ended) {
      // so does the other side
    } finally {
      closed(from);
      closed(to);
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private static void closed(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    closed(entrance);
  }

  private static void closed(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
