package randomchat.chat.socket;

import randomchat.kit.socket.CloseCode;

/** One socket with its two sides, and what supervising it needs. Touched by the event loop only. */
final class OpenSocket {

  private final ChatConnection connection;
  private final Mailbox mailbox;
  private final Rates rates;
  private long lastHeard = System.nanoTime();
  private long lastPing = lastHeard;
  private long firstPing = lastHeard; // of those since it was last heard

  OpenSocket(ChatConnection connection, Mailbox mailbox, Rates rates) {
    this.connection = connection;
    this.mailbox = mailbox;
    this.rates = rates;
  }

  ChatConnection connection() {
    return connection;
  }

  Rates rates() {
    return rates;
  }

  void receive(String text) {
    lastHeard = System.nanoTime();
    mailbox.receive(text);
  }

  void onPong() {
    lastHeard = System.nanoTime();
  }

  /** How long nothing came from it, nanoseconds. */
  long silent(long now) {
    return now - lastHeard;
  }

  /** Pings it, if it said nothing for so long, and was not asked to. */
  void pingAfter(long pause, long now) {
    if (silent(now) >= pause && now - lastPing >= pause) {
      if (lastPing - lastHeard <= 0) {
        firstPing = now;
      }
      lastPing = now;
      connection.out().ping();
    }
  }

  /** How long it has owed an answer to a ping, nanoseconds. */
  long owes(long now) {
    return lastPing - lastHeard <= 0 ? 0 : now - firstPing;
  }

  /** Finishes what was accepted, then sends the client away. */
  void drain() {
    mailbox.drain(() -> connection.close(CloseCode.RESTARTING));
  }
}
