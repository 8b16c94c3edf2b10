package randomchat.chat.channel;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Response;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import randomchat.kit.redis.LuaScript;
import randomchat.kit.redis.RedisLink;

/** The scripts of this service, and what their replies mean. */
@Singleton
final class ChannelScripts {

  final LuaScript open;
  final LuaScript enter;
  final LuaScript post;
  final LuaScript echo;
  final LuaScript seen;
  final LuaScript renew;
  final LuaScript depart;
  final LuaScript read;
  final LuaScript history;
  final LuaScript end;
  final LuaScript announce;

  ChannelScripts(Vertx vertx, RedisLink link) {
    open = new LuaScript(vertx, link, "open");
    enter = new LuaScript(vertx, link, "enter");
    post = new LuaScript(vertx, link, "post");
    echo = new LuaScript(vertx, link, "echo");
    seen = new LuaScript(vertx, link, "seen");
    renew = new LuaScript(vertx, link, "renew");
    depart = new LuaScript(vertx, link, "depart");
    read = new LuaScript(vertx, link, "read");
    history = new LuaScript(vertx, link, "history");
    end = new LuaScript(vertx, link, "end");
    announce = new LuaScript(vertx, link, "announce");
  }

  static ChannelState state(Response reply) {
    return ChannelState.of(reply.toString());
  }

  static Arrival arrival(Response reply) {
    return new Arrival(
        state(reply.get(0)),
        reply.get(1).toLong(),
        reply.get(2).toLong(),
        reply.get(3).toLong(),
        reply.get(4).toLong());
  }

  static PostOutcome post(Response reply) {
    return PostOutcome.valueOf(reply.get(0).toString().toUpperCase(Locale.ROOT));
  }

  static Echo echo(Response reply, UserId author) {
    return switch (reply.size()) {
      case 0 -> new Echo.Unknown();
      case 1 -> new Echo.Never();
      default ->
          new Echo.Kept(
              new StoredMessage(
                  reply.get(0).toLong(),
                  reply.get(1).toLong(),
                  author.text(),
                  reply.get(2).toString()));
    };
  }

  static SeenOutcome seen(Response reply) {
    return SeenOutcome.valueOf(reply.toString().toUpperCase(Locale.ROOT));
  }

  static Snapshot snapshot(Response reply) {
    return new Snapshot(
        state(reply.get(0)),
        reply.get(1).toLong(),
        reply.get(2).toLong(),
        reply.get(3).toInteger() == 1,
        reply.get(4).toLong(),
        reply.get(5).toLong(),
        items(reply.get(6).toString()),
        items(reply.get(7).toString()),
        messages(reply, 8));
  }

  static HistoryPage page(Response reply, int size) {
    List<StoredMessage> messages = messages(reply, 3);
    boolean hasOlder = messages.size() > size;
    return new HistoryPage(
        state(reply.get(0)),
        reply.get(1).toLong(),
        reply.get(2).toLong(),
        hasOlder ? messages.subList(0, size) : messages,
        hasOlder);
  }

  private static List<StoredMessage> messages(Response reply, int from) {
    List<StoredMessage> messages = new ArrayList<>();
    for (int i = from; i + 3 < reply.size(); i += 4) {
      messages.add(
          new StoredMessage(
              reply.get(i).toLong(),
              reply.get(i + 1).toLong(),
              reply.get(i + 2).toString(),
              reply.get(i + 3).toString()));
    }
    return messages;
  }

  private static List<String> items(String commaSeparated) {
    return commaSeparated.isEmpty() ? List.of() : List.of(commaSeparated.split(","));
  }
}
