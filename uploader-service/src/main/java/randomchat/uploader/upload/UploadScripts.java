package randomchat.uploader.upload;

import io.quarkus.runtime.Startup;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import randomchat.kit.config.Settings;
import randomchat.kit.redis.LuaScript;
import randomchat.kit.redis.RedisLink;
import randomchat.uploader.Blocking;
import randomchat.uploader.ChannelId;
import randomchat.uploader.UploaderKeys;
import randomchat.uploader.store.ObjectKey;

/**
 * The scripts on {@code {<channel>}:uploads}, typed. All block for a reply, and fail with
 * RedisUnavailable only, within 5 s. What they write lives for {@code REDIS_EXPIRATION_HOURS} (24;
 * 1 to 8760) after its last use.
 */
@Singleton
@Startup // settings are checked before anybody asks
public class UploadScripts {

  private final LuaScript record;
  private final LuaScript find;
  private final LuaScript replace;
  private final LuaScript forget;
  private final String lifetime;

  UploadScripts(Vertx vertx, RedisLink link, Settings settings) {
    record = new LuaScript(vertx, link, "record");
    find = new LuaScript(vertx, link, "find");
    replace = new LuaScript(vertx, link, "replace");
    forget = new LuaScript(vertx, link, "forget");
    int hours = settings.integer("REDIS_EXPIRATION_HOURS", 24, 1, 8760);
    lifetime = String.valueOf(TimeUnit.HOURS.toSeconds(hours));
  }

  /** Records uploads of one channel; false, and none is recorded, when it is not open. */
  boolean record(ChannelId channel, Map<ObjectKey, UploadRecord> uploads) {
    List<String> values = new ArrayList<>();
    values.add(lifetime);
    uploads.forEach(
        (key, upload) -> {
          values.add(key.toString());
          values.add(upload.json());
        });
    return run(record, channel, values).toInteger() == 1;
  }

  /** Empty when there is no such upload, or its channel is not open. */
  Optional<UploadRecord> find(ObjectKey key) {
    return upload(run(find, key.channel(), List.of(lifetime, key.toString())));
  }

  /** What is recorded afterwards: {@code wanted} only if {@code expected} was recorded before. */
  Optional<UploadRecord> replace(ObjectKey key, UploadRecord expected, UploadRecord wanted) {
    return replace(key, expected, wanted.json());
  }

  /** Removes an upload, if it is still recorded as expected. */
  void discard(ObjectKey key, UploadRecord expected) {
    replace(key, expected, "");
  }

  /**
   * Forgets all uploads of a channel that is not open: how many there were. Empty if it is open.
   */
  public Optional<Integer> forget(ChannelId channel) {
    int count = run(forget, channel, List.of()).toInteger();
    return count < 0 ? Optional.empty() : Optional.of(count);
  }

  private Optional<UploadRecord> replace(ObjectKey key, UploadRecord expected, String wanted) {
    List<String> values = List.of(key.toString(), expected.json(), wanted);
    return upload(run(replace, key.channel(), values));
  }

  private static Optional<UploadRecord> upload(Response reply) {
    return Optional.ofNullable(reply).map(Response::toString).map(UploadRecord::parse);
  }

  private static Response run(LuaScript script, ChannelId channel, List<String> values) {
    List<String> keys = List.of(UploaderKeys.meta(channel), UploaderKeys.uploads(channel));
    return Blocking.reply(script.run(keys, values));
  }
}
