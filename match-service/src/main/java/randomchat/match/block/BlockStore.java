package randomchat.match.block;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.util.List;
import randomchat.kit.redis.LuaScript;
import randomchat.kit.redis.RedisLink;
import randomchat.match.pool.PoolKeys;
import randomchat.match.pool.PoolStore;
import randomchat.match.pool.UserId;

/** Blocks, so many of one user a minute. Without Redis nobody is blocked, and the caller told. */
@Singleton
class BlockStore {

  private static final String PER_MINUTE = "10";
  private static final String BURST = "20";

  private final LuaScript take;
  private final PoolStore pool;

  BlockStore(Vertx vertx, RedisLink link, PoolStore pool) {
    this.take = new LuaScript(vertx, link, "take");
    this.pool = pool;
  }

  /** Whether the user may block somebody now; counts as having done so. */
  Future<Boolean> mayBlock(UserId user) {
    return take.run(List.of(PoolKeys.blockRate(user)), List.of(PER_MINUTE, BURST))
        .map(Response::toInteger)
        .map(taken -> taken == 1);
  }

  Future<Void> block(UserId user, UserId peer) {
    return pool.block(user, peer);
  }
}
