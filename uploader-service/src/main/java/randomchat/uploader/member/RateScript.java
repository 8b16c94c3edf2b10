package randomchat.uploader.member;

import io.quarkus.runtime.Startup;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.List;
import randomchat.kit.config.Settings;
import randomchat.kit.redis.LuaScript;
import randomchat.kit.redis.RedisLink;
import randomchat.uploader.Blocking;
import randomchat.uploader.UploaderKeys;

/**
 * How often one member of one channel may upload: {@code UPLOAD_RPS} (20; 1 to 10000) a second, and
 * {@code UPLOAD_BURST} (50; 1 to 100000) at once. Without Redis nobody may: RedisUnavailable.
 */
@Singleton
@Startup // settings are checked before anybody asks
class RateScript {

  private final LuaScript script;
  private final List<String> rule;

  RateScript(Vertx vertx, RedisLink link, Settings settings) {
    this.script = new LuaScript(vertx, link, "rate");
    this.rule =
        List.of(
            String.valueOf(settings.integer("UPLOAD_RPS", 20, 1, 10_000)),
            String.valueOf(settings.integer("UPLOAD_BURST", 50, 1, 100_000)));
  }

  boolean take(Member member) {
    List<String> keys = List.of(UploaderKeys.rate(member.channel(), member.user()));
    return Blocking.reply(script.run(keys, rule)).toInteger() == 1;
  }
}
