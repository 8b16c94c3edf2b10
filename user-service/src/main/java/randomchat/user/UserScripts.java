package randomchat.user;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import randomchat.kit.redis.LuaScript;
import randomchat.kit.redis.RedisLink;
import randomchat.user.avatar.Seed;

/** The scripts on {@code user:{id}}, typed. All fail with RedisUnavailable only, within 5 s. */
@Singleton
class UserScripts {

  private final LuaScript create;
  private final LuaScript find;
  private final LuaScript remove;

  UserScripts(Vertx vertx, RedisLink link) {
    create = new LuaScript(vertx, link, "create");
    find = new LuaScript(vertx, link, "find");
    remove = new LuaScript(vertx, link, "remove");
  }

  /** False when the id is taken. */
  Uni<Boolean> create(User user, Duration lifetime) {
    List<String> values = List.of(user.name(), user.seed().value(), seconds(lifetime));
    return uni(create.run(List.of(UserKeys.user(user.id())), values))
        .map(reply -> reply.toInteger() == 1);
  }

  Uni<Optional<User>> find(UserId id, Duration lifetime) {
    return uni(find.run(List.of(UserKeys.user(id)), List.of(seconds(lifetime))))
        .map(reply -> Optional.ofNullable(reply).map(found -> user(id, found)));
  }

  Uni<Void> remove(UserId id) {
    return uni(remove.run(List.of(UserKeys.user(id)), List.of())).replaceWithVoid();
  }

  private static User user(UserId id, Response found) {
    return new User(id, found.get(0).toString(), new Seed(found.get(1).toString()));
  }

  private static String seconds(Duration duration) {
    return Long.toString(duration.toSeconds());
  }

  private static Uni<Response> uni(Future<Response> reply) {
    return Uni.createFrom().completionStage(reply::toCompletionStage);
  }
}
