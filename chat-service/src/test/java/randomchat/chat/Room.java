package randomchat.chat;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import randomchat.kit.testing.Line;

/** A channel of two made for one test, and their tokens. */
final class Room {

  private static final SecureRandom RANDOM = new SecureRandom();

  final String id = id();
  final String ann = id();
  final String bob = id();
  private final URI chat;

  Room(URI http) {
    this.chat = chat(http);
  }

  static String id() {
    return String.valueOf(RANDOM.nextLong(1, Long.MAX_VALUE));
  }

  String token(String user) {
    return token(user, Instant.now().plusSeconds(600));
  }

  String token(String user, Instant expiresAt) {
    return TestTokens.channel(user, peer(user), id, expiresAt);
  }

  String peer(String user) {
    return user.equals(ann) ? bob : ann;
  }

  ChatClient open(String user) {
    return ChatClient.open(chat, token(user));
  }

  /** On another replica than the first. */
  ChatClient openAt(URI http, String user) {
    return ChatClient.open(chat(http), token(user));
  }

  ChatClient openSince(String user, String since) {
    return openSince(chat, user, since);
  }

  ChatClient openSinceAt(URI http, String user, String since) {
    return openSince(chat(http), user, since);
  }

  private ChatClient openSince(URI at, String user, String since) {
    return ChatClient.open(URI.create(at + "?since=" + since), token(user));
  }

  ChatClient openOld(String user) {
    return ChatClient.openOld(chat, token(user));
  }

  /** A connection whose reading and writing is up to the test. */
  Line openRaw(String user) {
    return Line.upgradedUnread(chat, token(user));
  }

  private static URI chat(URI http) {
    return URI.create("ws://" + http.getAuthority() + "/api/chat");
  }
}
