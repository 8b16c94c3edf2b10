package randomchat.kit.redis;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a node of a cluster says of a slot that another has.
 *
 * @param forGood MOVED; otherwise ASK: for this one command
 */
record Redirection(boolean forGood, int slot, String address) {

  private static final Pattern TEXT = Pattern.compile("(MOVED|ASK) (\\d+) (\\S+:\\d+).*");

  /** Null if the error says nothing like it. */
  static Redirection of(String error) {
    Matcher match = error == null ? null : TEXT.matcher(error);
    return match == null || !match.matches()
        ? null
        : new Redirection(
            match.group(1).equals("MOVED"), Integer.parseInt(match.group(2)), match.group(3));
  }
}
