package randomchat.chat.socket;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HoldsTest {

  private final Holds holds = new Holds("7");

  private static FrameKey key(long counter) {
    return new FrameKey("c", counter);
  }

  private static String tail(long counter) {
    return ServerFrame.tail(0, "7", "text", key(counter));
  }

  private void send(long counter) {
    holds.onTaken(key(counter));
    holds.onSent(key(counter), tail(counter));
  }

  private void echo(long counter) {
    echo("7", key(counter));
  }

  private void echo(String user, FrameKey key) {
    String tail = ServerFrame.tail(0, user, "text", key);
    String frame = "{\"message_id\":\"1\",\"time\":1,\"seen\":false," + tail;
    holds.onDelivered(frame.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whatWasRefused_holdsBackWhatComesAfterIt_untilItComesAgain() {
    send(5);
    holds.onRefused(key(5));
    assertFalse(holds.isBehind(key(5)));
    assertTrue(holds.isBehind(key(6)));
    assertFalse(holds.isBehind(new FrameKey("d", 6)));
    send(5);
    assertFalse(holds.isBehind(key(6)));
  }

  @Test
  void anEcho_leavesTheFirstThatWasRefusedBehindIt() {
    send(5);
    for (long counter = 5; counter <= 8; counter++) {
      holds.onRefused(key(counter));
    }
    echo(5);
    assertFalse(holds.isBehind(key(6)));
    assertTrue(holds.isBehind(key(7)));
  }

  @Test
  void anEchoBehindWhichNothingWasRefused_endsIt() {
    send(5);
    holds.onRefused(key(5));
    echo(5);
    assertFalse(holds.contains(key(5)));
    assertFalse(holds.isBehind(key(6)));
  }

  @Test
  void anEchoOfSomethingElse_changesNothing() {
    send(55);
    holds.onRefused(key(55));
    echo(5);
    echo("8", new FrameKey("c", 55));
    echo("7", new FrameKey("d", 55));
    assertTrue(holds.isBehind(key(56)));
  }

  @Test
  void whatAnotherSocketSent_isKnownFromItsEcho() {
    holds.onRefused(key(5)); // never sent from here
    holds.onRefused(key(6));
    echo(5);
    assertFalse(holds.isBehind(key(6)));
    assertTrue(holds.isBehind(key(7)));
    echo(7); // and with it all before it is stored or given up
    assertFalse(holds.isBehind(key(8)));
  }

  @Test
  void aRepeatOfWhatIsStored_holdsNothingBackWhenItIsRefused() {
    send(4);
    holds.onStored(key(4));
    send(5);
    holds.onRefused(key(5));
    holds.onRefused(key(4)); // waited behind it
    assertFalse(holds.isBehind(key(5)));
    assertTrue(holds.isBehind(key(6)));
  }

  @Test
  void anEchoThatCameBeforeTheRefusal_counts() {
    send(5);
    holds.onRefused(key(5));
    holds.onTaken(key(5)); // again, and not sent yet
    echo(5);
    send(5);
    holds.onRefused(key(5));
    holds.onRefused(key(6));
    assertFalse(holds.isBehind(key(6)));
    assertTrue(holds.isBehind(key(7)));
  }

  @Test
  void moreClientIdsThanAnybodyHas_areForgottenWhereNothingWaits() {
    for (int i = 0; i < 100; i++) {
      FrameKey key = new FrameKey("x" + i, 1);
      holds.onSent(key, tail(1));
      if (i != 50) {
        holds.onStored(key);
      }
    }
    holds.onRefused(new FrameKey("x50", 1));
    send(5);
    holds.onRefused(key(5));
    assertTrue(holds.isBehind(key(6)));
    assertTrue(holds.isBehind(new FrameKey("x50", 2)));
  }
}
