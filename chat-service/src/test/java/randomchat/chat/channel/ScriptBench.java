package randomchat.chat.channel;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.Dependent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import randomchat.kit.redis.LuaScript;
import randomchat.kit.redis.RedisLink;
import randomchat.kit.redis.Topics;

/** Runs the scripts for the channel 9 of the users 11 and 22, with bounds that a test can reach. */
@Dependent
class ScriptBench {

  static final String ANN = "11";
  static final String BOB = "22";
  static final String META = "{9}:meta";
  static final String MESSAGES = "{9}:messages";
  static final String PRESENCE = "{9}:presence";
  static final String TOPIC = "{9}:events";

  private final ChannelScripts scripts;
  private final RedisLink link;
  private final Topics topics;
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  ScriptBench(ChannelScripts scripts, RedisLink link, Topics topics) {
    this.scripts = scripts;
    this.link = link;
    this.topics = topics;
  }

  void start() {
    redis(Command.FLUSHALL);
    CompletableFuture<Void> followed = new CompletableFuture<>();
    link.context()
        .runOnContext(
            none ->
                topics
                    .follow(
                        TOPIC,
                        new Topics.Listener() {
                          @Override
                          public void onMessage(Buffer message) {
                            heard.add(message.toString());
                          }

                          @Override
                          public void onLoss() {}
                        })
                    .onSuccess(followed::complete));
    followed.orTimeout(5, TimeUnit.SECONDS).join();
  }

  /** Stops listening; every key must expire. */
  void stop() {
    CompletableFuture<Void> left = new CompletableFuture<>();
    link.context()
        .runOnContext(
            none -> {
              topics.leave(TOPIC);
              left.complete(null);
            });
    left.orTimeout(5, TimeUnit.SECONDS).join();
    for (Response key : redis(Command.KEYS, "*")) {
      long ttl = redis(Command.TTL, key.toString()).toLong();
      assertTrue(ttl > 0 && ttl <= 31_536_000, key + " expires in " + ttl);
    }
  }

  Response redis(Command command, String... arguments) {
    Request request = Request.cmd(command);
    for (String argument : arguments) {
      request.arg(argument);
    }
    return get(link.send("", request));
  }

  /** What the topic says next. */
  String heard() {
    return poll(5_000);
  }

  /** Everything that was published before now is heard; that must be all. */
  void heardNothingElse() {
    redis(Command.SPUBLISH, TOPIC, "t 0 end");
    String next = heard();
    assertTrue(next.equals("t 0 end"), next);
  }

  private String poll(long millis) {
    try {
      String message = heard.poll(millis, TimeUnit.MILLISECONDS);
      assertNotNull(message, "nothing was published");
      return message;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  String open() {
    return open(System.currentTimeMillis() / 1000 + 600);
  }

  String open(long expiresAt) {
    return run(
            scripts.open,
            List.of(META, MESSAGES, PRESENCE),
            List.of(ANN, BOB, String.valueOf(expiresAt)))
        .toString();
  }

  Response enter(String user, long patience) {
    return enter(user, patience, false);
  }

  Response enter(String user, long patience, boolean bothCame) {
    return run(
        scripts.enter,
        List.of(META),
        List.of(user, peer(user), String.valueOf(patience), bothCame ? "1" : "0"));
  }

  private static String peer(String user) {
    return user.equals(ANN) ? BOB : ANN;
  }

  String post(String user, String client, long counter) {
    return post(user, client, counter, 500, 2_000);
  }

  String post(String user, String client, long counter, int most, int mostClients) {
    return run(
            scripts.post,
            List.of(META, MESSAGES, TOPIC),
            List.of(
                user,
                client,
                String.valueOf(counter),
                tail(user, client + ":" + counter),
                String.valueOf(most),
                "3600",
                String.valueOf(mostClients)))
        .get(0)
        .toString();
  }

  /** So many messages of the peer more, faster than it could post them. */
  void addMessages(int count) {
    String add =
        "local head = redis.call('HGET', KEYS[1], 'head') "
            + "for i = head + 1, head + ARGV[3] do "
            + "redis.call('XADD', KEYS[2], i .. '-0', 't', '1', 'u', ARGV[1], 'd', ARGV[2]) end "
            + "redis.call('HINCRBY', KEYS[1], 'head', ARGV[3])";
    redis(Command.EVAL, add, "2", META, MESSAGES, BOB, tail(BOB, "d:1"), String.valueOf(count));
  }

  static String tail(String user, String key) {
    return "\"event\":0,\"user_id\":\"" + user + "\",\"payload\":\"x\",\"key\":\"" + key + "\"}";
  }

  Echo echo(String user, String client, long counter) {
    List<String> arguments = List.of(user, client, String.valueOf(counter), "100200");
    return ChannelScripts.echo(run(scripts.echo, List.of(MESSAGES), arguments), new UserId(user));
  }

  String seen(String user, long upTo) {
    return run(
            scripts.seen,
            List.of(META, MESSAGES, TOPIC),
            List.of(user, peer(user), String.valueOf(upTo)))
        .toString();
  }

  String renew(long leaseMillis, boolean mayExpire, String... entries) {
    List<String> arguments =
        new ArrayList<>(List.of(String.valueOf(leaseMillis), "3600", mayExpire ? "1" : "0", "8"));
    arguments.addAll(List.of(entries));
    return run(scripts.renew, List.of(META, MESSAGES, PRESENCE, TOPIC), arguments).toString();
  }

  int depart(String user, String entry) {
    return run(scripts.depart, List.of(PRESENCE, TOPIC), List.of(user, entry)).toInteger();
  }

  Snapshot read(String user, Place from, int count) {
    return ChannelScripts.snapshot(
        run(
            scripts.read,
            List.of(META, MESSAGES, PRESENCE),
            List.of(
                user,
                peer(user),
                from.position() < 0 ? "" : String.valueOf(from.position()),
                from.time() < 0 ? "" : String.valueOf(from.time()),
                String.valueOf(count),
                from.toldSeen() < 0 ? "" : String.valueOf(from.toldSeen()))));
  }

  HistoryPage history(String user, String before, int size, int most) {
    return ChannelScripts.page(
        run(
            scripts.history,
            List.of(META, MESSAGES),
            List.of(user, peer(user), before, String.valueOf(size + 1), String.valueOf(most))),
        size);
  }

  int end(String by, String request) {
    return run(
            scripts.end,
            List.of(META, MESSAGES, PRESENCE, TOPIC),
            List.of(by, peer(by), String.valueOf(System.currentTimeMillis() / 1000 + 600), request))
        .toInteger();
  }

  void announce(String channel) {
    run(scripts.announce, List.of("ended"), List.of(channel, "3600"));
  }

  /** The record, as one text. */
  String meta() {
    return redis(Command.HGETALL, META).toString();
  }

  String meta(String field) {
    Response value = redis(Command.HGET, META, field);
    return value == null ? null : value.toString();
  }

  void setMeta(String field, String value) {
    redis(Command.HSET, META, field, value);
  }

  private Response run(LuaScript script, List<String> keys, List<String> arguments) {
    return get(script.run(keys, arguments));
  }

  private static Response get(Future<Response> answer) {
    try {
      return answer.toCompletionStage().toCompletableFuture().get(6, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  void assertGone(String key) {
    assertNull(redis(Command.EXISTS, key).toInteger() == 0 ? null : key);
  }
}
