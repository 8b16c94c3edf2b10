package randomchat.kit.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.BulkType;
import io.vertx.redis.client.impl.types.MultiType;
import io.vertx.redis.client.impl.types.NumberType;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SlotMapTest {

  private static final int LAST = 16_383;

  private final SlotMap slots = new SlotMap();

  @Test
  void a_node_whose_last_slot_was_found_elsewhere_owns_nothing_any_more() {
    assertTrue(slots.learn(reply(range(0, 0, 1), range(1, LAST, 2)), "seed:0"));
    assertTrue(slots.move(0, "host:2"));
    assertTrue(slots.learn(reply(range(0, LAST, 2)), "seed:0"));
    assertEquals(Set.of("host:2"), slots.owners());
    assertFalse(slots.learn(reply(range(0, LAST, 2)), "seed:0"));
  }

  private static Response range(int from, int to, int port) {
    return reply(
        NumberType.create((long) from),
        NumberType.create((long) to),
        reply(BulkType.create(Buffer.buffer("host"), false), NumberType.create((long) port)));
  }

  private static Response reply(Response... items) {
    MultiType all = MultiType.create(items.length, false);
    for (Response item : items) {
      all.add(item);
    }
    return all;
  }
}
