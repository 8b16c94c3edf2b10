package randomchat.kit.redis;

import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.ZModem;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Which node has which of the slots: one Redis has them all. Changed by the event loop only. */
final class SlotMap {

  private static final int SLOTS = 16_384;

  private String[] owners = new String[SLOTS]; // addresses
  private volatile Set<String> nodes = Set.of();

  /** Of a cluster, of which nothing is known yet. */
  SlotMap() {}

  /** Of one Redis. */
  SlotMap(String address) {
    Arrays.fill(owners, address);
    nodes = Set.of(address);
  }

  /** Of a key, by its hash tag where it has one. */
  static int slot(String key) {
    return ZModem.generate(key);
  }

  boolean isKnown() {
    return !nodes.isEmpty();
  }

  /** Null while it is not known. */
  String owner(int slot) {
    return owners[slot];
  }

  Set<String> owners() {
    return nodes;
  }

  /** Notes that a slot is elsewhere; whether that was news. */
  boolean move(int slot, String address) {
    if (address.equals(owners[slot])) {
      return false;
    }
    owners[slot] = address;
    Set<String> more = new HashSet<>(nodes);
    more.add(address);
    nodes = more;
    return true;
  }

  /**
   * Takes over the reply to {@code CLUSTER SLOTS}; whether it had news.
   *
   * @param asked the node that said so, which may not know its own name
   */
  boolean learn(Response reply, String asked) {
    String[] said = new String[SLOTS];
    Set<String> primaries = new HashSet<>();
    for (Response range : reply) {
      Response primary = range.get(2);
      String host = primary.get(0) == null ? "" : primary.get(0).toString();
      String known = host.isEmpty() ? asked.substring(0, asked.lastIndexOf(':')) : host;
      String address = known + ":" + primary.get(1).toInteger();
      primaries.add(address);
      Arrays.fill(said, range.get(0).toInteger(), range.get(1).toInteger() + 1, address);
    }
    if (Arrays.equals(said, owners) && primaries.equals(nodes)) {
      return false;
    }
    owners = said;
    nodes = Set.copyOf(primaries);
    return true;
  }
}
