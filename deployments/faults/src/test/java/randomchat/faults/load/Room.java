package randomchat.faults.load;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import randomchat.faults.fleet.Fleet;
import randomchat.kit.testing.TestTokens;

/** A channel of two, and what they do in it. */
public final class Room {

  private static final long FIRST_CHANNEL = 9_000_000_000L;
  private static final int BETWEEN_WORDS_MILLIS = 200; // on average
  private static final int SEES_EVERY = 5; // words
  private static final int TYPES_EVERY = 3;

  private final Crowd crowd;
  private final int number;
  private final Member ann;
  private final Member ben;
  private boolean talking;
  private int words;

  Room(Crowd crowd, int number) {
    this.crowd = crowd;
    this.number = number;
    String one = "" + (FIRST_CHANNEL + 2L * number);
    String other = "" + (FIRST_CHANNEL + 2L * number + 1);
    Instant exp = Instant.now().plusSeconds(86_400);
    String channel = "" + (FIRST_CHANNEL + number);
    ann = new Member(crowd, "ann" + number, one, token(one, other, channel, exp));
    ben = new Member(crowd, "ben" + number, other, token(other, one, channel, exp));
  }

  private static String token(String user, String peer, String channel, Instant exp) {
    return TestTokens.channel(Fleet.SECRET, user, peer, channel, exp);
  }

  public String channel() {
    return "" + (FIRST_CHANNEL + number);
  }

  public List<Member> members() {
    return List.of(ann, ben);
  }

  void connect() {
    ann.connect();
    ben.connect();
  }

  void talk() {
    talking = true;
    members().forEach(this::talkOn);
  }

  private void talkOn(Member member) {
    Random random = crowd.random();
    crowd.later(
        random.nextInt(2 * BETWEEN_WORDS_MILLIS),
        () -> {
          if (talking) {
            words++;
            member.say(member.said().size() + 1 + " of " + member.user());
            if (words % SEES_EVERY == 0) {
              member.sees();
            }
            if (words % TYPES_EVERY == 0) {
              member.types();
            }
            talkOn(member);
          }
        });
  }

  void hush() {
    talking = false;
    members().forEach(Member::forgetsTyping);
  }

  /** Both are there and know it. */
  public boolean isThere() {
    return members().stream().allMatch(member -> member.isOpen() && member.seesPeer());
  }

  /** Both have all that both said, and know of each other. */
  boolean isSettled() {
    return isThere()
        && members().stream().allMatch(Member::isSettled)
        && ann.view().equals(ben.view());
  }

  /** Each knows that the other is there, how far it has read, and that it is typing. */
  public boolean knowsAll() {
    return isThere() && members().stream().allMatch(this::knows);
  }

  private boolean knows(Member member) {
    return member.peerTyped() && member.seenByPeer() >= lastOf(member);
  }

  /** The position of the last message of a member. */
  private static long lastOf(Member member) {
    return member.view().entrySet().stream()
        .filter(message -> message.getValue().endsWith(" of " + member.user()))
        .mapToLong(Map.Entry::getKey)
        .max()
        .orElse(0);
  }

  /** Both type, and say that they have read everything. */
  public void tellsAll() {
    members().forEach(Member::types);
    members().forEach(Member::sees);
  }

  void leave() {
    members().forEach(Member::leave);
  }

  @Override
  public String toString() {
    return "room %d {%s; %s}".formatted(number, ann, ben);
  }
}
