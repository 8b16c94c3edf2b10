package randomchat.faults.attack;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import randomchat.faults.fleet.Fleet;
import randomchat.kit.testing.TestTokens;

/** Members of channels that nobody else is in: what they do concerns nobody. */
final class Strangers {

  private static final AtomicLong IDS = new AtomicLong(700_000_000_000_000_000L);
  private static final int LIFE_SECONDS = 86_400;

  private Strangers() {}

  /** The tokens of the two members of a new channel. */
  record Pair(String channel, String one, String other) {}

  static Pair pair() {
    long id = IDS.addAndGet(2);
    String one = "" + id;
    String other = "" + (id + 1);
    Instant exp = Instant.now().plusSeconds(LIFE_SECONDS);
    return new Pair(
        one,
        TestTokens.channel(Fleet.SECRET, one, other, one, exp),
        TestTokens.channel(Fleet.SECRET, other, one, one, exp));
  }

  static String token() {
    return pair().one();
  }
}
