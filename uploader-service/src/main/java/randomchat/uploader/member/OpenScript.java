package randomchat.uploader.member;

import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.List;
import randomchat.kit.redis.LuaScript;
import randomchat.kit.redis.RedisLink;
import randomchat.uploader.Blocking;
import randomchat.uploader.ChannelId;
import randomchat.uploader.UploaderKeys;

/** Whether a channel is open; one that ended or was never opened is not. */
@Singleton
public class OpenScript {

  private final LuaScript script;

  OpenScript(Vertx vertx, RedisLink link) {
    script = new LuaScript(vertx, link, "open");
  }

  public boolean isOpen(ChannelId channel) {
    List<String> keys = List.of(UploaderKeys.meta(channel));
    return Blocking.reply(script.run(keys, List.of())).toInteger() == 1;
  }
}
