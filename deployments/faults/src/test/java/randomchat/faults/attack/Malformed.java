package randomchat.faults.attack;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import randomchat.faults.fleet.Fleet;
import randomchat.kit.testing.Line;
import randomchat.kit.testing.TestTokens;

/** Each way in, and what comes by it that should not. */
public final class Malformed {

  private static final int FRAMES_A_SOCKET = 60; // fewer than get a client sent away
  private static final int BLOBS_A_SOCKET = 4;
  private static final int USERS = 20;
  private static final Pattern COOKIE = Pattern.compile("(?i)set-cookie: *(sid=[^;]+)");

  private final Siege siege;
  private final URI chat;
  private final URI match;
  private final URI user;
  private final URI uploader;
  private final List<String> cookies;
  private final long exp = Instant.now().plusSeconds(86_400).getEpochSecond();

  /**
   * @param chat the address of a replica, and so on
   */
  public Malformed(Siege siege, URI chat, URI match, URI user, URI uploader) {
    this.siege = siege;
    this.chat = chat;
    this.match = match;
    this.user = user;
    this.uploader = uploader;
    this.cookies = IntStream.range(0, USERS).mapToObj(i -> cookie()).toList();
  }

  private String cookie() {
    try (Line line = new Line(user)) {
      line.send(Request.post("/api/user", "{\"name\":\"Ann\"}").text());
      Matcher cookie = COOKIE.matcher(line.answerHead());
      if (!cookie.find()) {
        throw new IllegalStateException("no user was made");
      }
      return cookie.group(1);
    }
  }

  /** What clients say in a channel of theirs. */
  public void frames(int kind, int count) {
    List<String> corpus = Corpus.frames();
    siege.storm(
        kind,
        count / FRAMES_A_SOCKET,
        mutator ->
            siege.say(
                chatSocket(),
                many(
                    FRAMES_A_SOCKET,
                    () -> {
                      String text = mutator.mutated(mutator.any(corpus));
                      return Line.frame(Line.TEXT, text.getBytes(StandardCharsets.ISO_8859_1));
                    })));
  }

  /** What is no frame at all, at chat and where matches are waited for. */
  public void wireFrames(int kind, int count) {
    List<byte[]> corpus = Corpus.wireFrames();
    siege.storm(
        kind,
        count / BLOBS_A_SOCKET,
        mutator -> {
          Line line = mutator.random().nextInt(4) == 0 ? matchSocket(mutator) : chatSocket();
          line.waits(300);
          siege.say(line, many(BLOBS_A_SOCKET, () -> mutator.mutated(mutator.any(corpus))));
        });
  }

  private static List<byte[]> many(int count, Supplier<byte[]> next) {
    List<byte[]> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(next.get());
    }
    return all;
  }

  private Line chatSocket() {
    return Line.upgraded(chat.resolve("/api/chat"), Strangers.token());
  }

  private Line matchSocket(Mutator mutator) {
    Line line = new Line(match);
    line.upgrade("/api/match", "Cookie: " + mutator.any(cookies));
    return line;
  }

  /** Requests for a socket. */
  public void handshakes(int kind, int count) {
    siege.storm(
        kind,
        count,
        mutator -> {
          boolean atChat = mutator.random().nextBoolean();
          siege.ask(
              atChat ? chat : match,
              (atChat ? chatHandshake() : matchHandshake(mutator)).mutatedHead(mutator));
        });
  }

  private static Request chatHandshake() {
    String token = Strangers.token();
    return Request.upgrade(
        "/api/chat?since=12.1700000000000&access_token=" + token,
        "Sec-WebSocket-Protocol: randomchat, bearer." + token);
  }

  private Request matchHandshake(Mutator mutator) {
    return Request.upgrade(
        "/api/match?interests=go,%C3%A4,x&lang=en&waiting=1", "Cookie: " + mutator.any(cookies));
  }

  /** Tokens that nobody signed, and signed ones that say what none of ours says. */
  public void tokens(int kind, int count) {
    List<Function<String, Runnable>> uses =
        List.of(
            token -> () -> siege.ask(chat, bearer("/api/chat/users", token)),
            token -> () -> siege.ask(chat, bearer("/api/chat/forwardauth", token)),
            token -> () -> siege.ask(chat, bearer("/api/channel/messages", token)),
            token -> () -> siege.ask(chat, chatUpgrade(token)),
            token ->
                () ->
                    siege.ask(match, Request.upgrade("/api/match", "Cookie: sid=" + token).text()),
            token -> () -> siege.ask(match, block(token)),
            token -> () -> siege.ask(user, sid("/api/user/me", token)),
            token ->
                () ->
                    siege.ask(uploader, bearer("/api/uploader/upload/presigned?ext=.png", token)));
    siege.storm(kind, count, mutator -> mutator.any(uses).apply(token(mutator)).run());
  }

  private String token(Mutator mutator) {
    long id = Long.parseLong(Strangers.pair().channel());
    String claims = mutator.any(Corpus.claims(id, exp));
    if (mutator.random().nextBoolean()) {
      return TestTokens.sign(Fleet.SECRET, mutator.mutated(claims));
    }
    String token = TestTokens.sign(Fleet.SECRET, claims);
    if (mutator.random().nextBoolean()) {
      return mutator.mutatedLine(token);
    }
    String head = mutator.mutated("{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"x\"}");
    return Base64.getUrlEncoder().encodeToString(head.getBytes(StandardCharsets.ISO_8859_1))
        + token.substring(token.indexOf('.'));
  }

  private static String chatUpgrade(String token) {
    return Request.upgrade("/api/chat", "Sec-WebSocket-Protocol: randomchat, bearer." + token)
        .text();
  }

  private static String block(String token) {
    return Request.post("/api/match/block", "", "Authorization: Bearer " + token).text();
  }

  private static String bearer(String target, String token) {
    return Request.get(target, "Authorization: Bearer " + token).text();
  }

  private static String sid(String target, String token) {
    return Request.get(target, "Cookie: sid=" + token).text();
  }

  /** What is sent to those who want JSON or files, and the addresses it is sent to. */
  public void bodies(int kind, int count) {
    siege.storm(
        kind,
        count,
        mutator -> {
          switch (mutator.random().nextInt(6)) {
            case 0, 1 -> siege.ask(user, user(mutator.mutated(mutator.any(Corpus.users()))));
            case 2 -> siege.ask(uploader, form(mutator.mutated(mutator.any(Corpus.forms()))));
            case 3 -> siege.ask(uploader, download(mutator).mutatedHead(mutator));
            case 4 -> siege.ask(chat, page(mutator).mutatedHead(mutator));
            default -> siege.ask(user, named(mutator).mutatedHead(mutator));
          }
        });
  }

  private static String user(String body) {
    return Request.post("/api/user", body, "Content-Type: application/json").text();
  }

  private static String form(String body) {
    return Request.post(
            "/api/uploader/upload/files",
            body,
            "Authorization: Bearer " + Strangers.token(),
            "Content-Type: multipart/form-data; boundary=" + Corpus.boundary())
        .text();
  }

  private static Request download(Mutator mutator) {
    String header = "Authorization: Bearer " + Strangers.token();
    return mutator.any(
        List.of(
            Request.get("/api/uploader/download/presigned?okb64=OS8wMGZmLnBuZw", header),
            Request.get("/api/uploader/upload/presigned?ext=.png&form=post", header),
            Request.get("/files/9/0123456789abcdef0123456789abcdef.png", header)));
  }

  private static Request page(Mutator mutator) {
    List<String> headers = List.of("Authorization: Bearer " + Strangers.token());
    return mutator.any(
        List.of(
            new Request("GET", "/api/chat/channel/messages?ps=12", headers, ""),
            new Request("DELETE", "/api/chat/channel?delby=12", headers, "")));
  }

  private Request named(Mutator mutator) {
    String cookie = "Cookie: " + mutator.any(cookies);
    return mutator.any(
        List.of(
            Request.get("/api/user?uid=12", cookie),
            Request.get("/api/user/12/name", cookie),
            Request.get("/api/user/avatar/0123456789abcdef.svg", cookie)));
  }
}
