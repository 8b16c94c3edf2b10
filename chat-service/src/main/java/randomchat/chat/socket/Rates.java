package randomchat.chat.socket;

/** How much one member may say on this replica, over all its connections. */
record Rates(TokenBucket kept, TokenBucket passing) {

  // Old pages mark single messages: a page that comes back marks all it shows at once.
  private static final int PASSING_RATE = 100; // a second
  private static final int PASSING_BURST = 600;

  static Rates from(SocketSettings settings) {
    return new Rates(
        new TokenBucket(settings.messageRate(), settings.messageBurst()),
        new TokenBucket(PASSING_RATE, PASSING_BURST));
  }
}
