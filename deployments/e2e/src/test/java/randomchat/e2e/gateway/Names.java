package randomchat.e2e.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;

/** A DNS server that has the same IPv4 addresses for every name, and no others. */
public final class Names implements AutoCloseable {

  private static final int HEADER = 12;
  private static final short IS_ANSWER = (short) 0x8180;
  private static final short A = 1;
  private static final short IN = 1;
  private static final short THE_NAME_ASKED_FOR = (short) 0xC00C;

  private final DatagramSocket socket;
  private volatile List<InetAddress> addresses;

  public Names(InetAddress... addresses) {
    this.addresses = List.of(addresses);
    try {
      socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::serve);
  }

  /** For GATEWAY_RESOLVER. */
  public String address() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  /** From now on. */
  public void are(InetAddress... addresses) {
    this.addresses = List.of(addresses);
  }

  private void serve() {
    try {
      while (true) {
        DatagramPacket question = new DatagramPacket(new byte[512], 512);
        socket.receive(question);
        byte[] answer = answer(ByteBuffer.wrap(question.getData(), 0, question.getLength()));
        socket.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private byte[] answer(ByteBuffer question) {
    int end = HEADER;
    while (question.get(end) != 0) {
      end += question.get(end) + 1;
    }
    boolean asksForA = question.getShort(end + 1) == A;
    List<InetAddress> found = asksForA ? addresses : List.of();
    ByteBuffer answer = ByteBuffer.allocate(end + 5 + 16 * found.size());
    answer.putShort(question.getShort(0)).putShort(IS_ANSWER).putShort((short) 1);
    answer.putShort((short) found.size()).putInt(0);
    answer.put(question.array(), HEADER, end + 5 - HEADER);
    for (InetAddress address : found) {
      answer.putShort(THE_NAME_ASKED_FOR).putShort(A).putShort(IN).putInt(1).putShort((short) 4);
      answer.put(address.getAddress());
    }
    return answer.array();
  }

  @Override
  public void close() {
    socket.close();
  }
}
