package randomchat.chat.socket;

/** So many a second, and so many at once. */
final class TokenBucket {

  private static final double NANOS = 1e9;

  private final double rate;
  private final double burst;
  private double tokens;
  private long filledAt = System.nanoTime();

  /**
   * @param rate a second
   * @param burst at once
   */
  TokenBucket(int rate, int burst) {
    this.rate = rate;
    this.burst = burst;
    this.tokens = burst;
  }

  boolean take() {
    long now = System.nanoTime();
    tokens = Math.min(burst, tokens + (now - filledAt) / NANOS * rate);
    filledAt = now;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
