package randomchat.faults.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares what was acknowledged and what was shown with what the system has in the end.
 *
 * @param messages that the system has
 * @param acknowledged echoes that senders got
 * @param deliveries frames of kept messages that came, to both members
 * @param lost acknowledged, and not there
 * @param announced of the lost ones, those in rooms whose members were all told to read again
 * @param duplicated there more than once
 * @param reordered said after what comes behind it
 * @param resets how often a member was told to read again
 * @param faults all else that a member must not see: gaps, repeats, refusals, a view that is not
 *     what the system has
 */
public record Ledger(
    long messages,
    long acknowledged,
    long deliveries,
    int lost,
    int announced,
    int duplicated,
    int reordered,
    int resets,
    List<String> faults) {

  private static final int MOST_FAULTS_SHOWN = 20;

  /** Of a crowd that has settled. */
  public static Ledger of(Crowd crowd) {
    Sum sum = new Sum();
    for (Room room : crowd.rooms()) {
      TreeMap<Long, String> truth = truth(crowd, room.members().getFirst());
      crowd.run(() -> sum.add(room, truth));
    }
    return new Ledger(
        sum.messages,
        sum.acknowledged,
        sum.deliveries,
        sum.lost,
        sum.announced,
        sum.duplicated,
        sum.reordered,
        sum.resets,
        sum.faults.subList(0, Math.min(MOST_FAULTS_SHOWN, sum.faults.size())));
  }

  private static final class Sum {
    long messages;
    long acknowledged;
    long deliveries;
    int lost;
    int announced;
    int duplicated;
    int reordered;
    int resets;
    final List<String> faults = new ArrayList<>();

    void add(Room room, TreeMap<Long, String> truth) {
      messages += truth.size();
      Set<String> texts = new HashSet<>(truth.values());
      duplicated += truth.size() - texts.size();
      if (!truth.isEmpty() && truth.lastKey() - truth.firstKey() + 1 != truth.size()) {
        faults.add("positions are not contiguous in " + room);
      }
      boolean told = room.members().stream().allMatch(member -> member.resets() > 0);
      for (Member member : room.members()) {
        acknowledged += member.acknowledged().size();
        deliveries += member.deliveries();
        resets += member.resets();
        member.faults().forEach(fault -> faults.add(fault + " in " + room.channel()));
        if (!truth.equals(member.view())) {
          faults.add("a view that is not what the system has: " + member);
        }
        for (Map.Entry<String, Long> echo : member.acknowledged().entrySet()) {
          if (!texts.contains(echo.getKey())) {
            lost++;
            announced += told ? 1 : 0;
          } else if (!told && !echo.getKey().equals(truth.get(echo.getValue()))) {
            faults.add("acknowledged at another position than it has: " + echo);
          }
        }
        reordered += reordered(member, truth);
      }
    }

    private static int reordered(Member member, TreeMap<Long, String> truth) {
      Map<String, Integer> order = new HashMap<>();
      for (String text : member.said()) {
        order.put(text, order.size());
      }
      int wrong = 0;
      int before = -1;
      for (String text : truth.values()) {
        Integer place = order.get(text);
        if (place != null) {
          wrong += place < before ? 1 : 0;
          before = place;
        }
      }
      return wrong;
    }
  }

  private static TreeMap<Long, String> truth(Crowd crowd, Member member) {
    TreeMap<Long, String> truth = new TreeMap<>();
    String page = "";
    do {
      String path = "/api/chat/channel/messages?ps=" + page;
      JsonNode answer = crowd.await(() -> crowd.get(crowd.anyChat().url(path), member.token()));
      for (JsonNode message : answer.get("messages")) {
        truth.put(message.get("message_id").asLong(), message.get("payload").asText());
      }
      page = answer.get("next_ps").asText();
    } while (!page.isEmpty());
    return truth;
  }

  /** Nothing is lost, said twice, out of order, or other than it should be. */
  public boolean isClean() {
    return lost == 0 && duplicated == 0 && reordered == 0 && faults.isEmpty();
  }

  /** The same, but for messages whose loss was told to all whom it concerned. */
  public boolean isHonest() {
    return lost == announced && duplicated == 0 && reordered == 0 && faults.isEmpty();
  }
}
