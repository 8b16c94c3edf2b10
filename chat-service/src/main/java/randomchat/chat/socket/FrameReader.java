package randomchat.chat.socket;

import java.util.Optional;
import java.util.Set;

/**
 * Reads a client's frame: strict JSON (RFC 8259), in one pass over the text and without a tree. The
 * payload of a text is checked and passed on as it stands, so that nothing is escaped twice.
 */
final class FrameReader {

  private static final int DEEPEST = 16; // levels of what we skip
  private static final String HEX_DIGITS = "0123456789abcdef"; // no other script's digits
  private static final Set<String> FROM_CLIENTS = Set.of("istyping", "endtyping");
  private static final Set<String> FROM_THE_SERVER =
      Set.of("waiting", "joined", "offline", "leaved");

  private final String text;
  private int at;
  private int bytes; // of the string read last, decoded, UTF-8

  private FrameReader(String text) {
    this.text = text;
  }

  private static final class NotJson extends RuntimeException {
    private static final NotJson INSTANCE = new NotJson();

    private NotJson() {
      super(null, null, false, false);
    }
  }

  static ClientFrame read(String text) {
    try {
      return new FrameReader(text).frame();
    } catch (NotJson notJson) {
      return refused(ErrorCode.BAD_FRAME, "not a JSON object", null);
    }
  }

  private ClientFrame frame() {
    int event = -1;
    String payload = null;
    int payloadBytes = 0;
    String keyText = null;

    expect('{');
    if (peekAfterBlanks() == '}') {
      at++;
    } else {
      do {
        blanks();
        String name = decoded(string());
        expect(':');
        char first = peekAfterBlanks();
        if (name.equals("event")) {
          event = first == '-' || Character.isDigit(first) ? event() : skippedEvent();
        } else if (name.equals("payload") && first == '"') {
          payload = string();
          payloadBytes = bytes;
        } else if (name.equals("key")) {
          keyText = first == '"' ? string() : first == 'n' ? nothing() : notAKey();
        } else if (name.equals("payload")) {
          skip(0);
          payload = null;
        } else {
          skip(0);
        }
      } while (comma('}'));
    }
    blanks();
    if (at != text.length()) {
      throw NotJson.INSTANCE;
    }
    Optional<FrameKey> key = Optional.ofNullable(keyText).flatMap(FrameKey::parse);
    if (keyText != null && key.isEmpty()) {
      return refused(ErrorCode.BAD_FRAME, "key is not <client id>:<n>", null);
    }
    return typed(event, payload, payloadBytes, key.orElse(null));
  }

  private static ClientFrame typed(int event, String payload, int bytes, FrameKey key) {
    if (event == -1) {
      return refused(ErrorCode.BAD_FRAME, "event is missing or not a whole number", key);
    }
    if (event < 0 || event > 3) {
      return refused(ErrorCode.UNKNOWN_EVENT, "there is no such event", key);
    }
    if (payload == null) {
      return refused(ErrorCode.BAD_FRAME, "payload is missing or not a string", key);
    }
    return switch (event) {
      case 0 -> new ClientFrame.Text(payload, bytes, key);
      case 1 -> action(decoded(payload), key);
      case 2 -> seen(decoded(payload), key);
      default -> new ClientFrame.File(decoded(payload), bytes, key);
    };
  }

  private static ClientFrame action(String action, FrameKey key) {
    if (FROM_CLIENTS.contains(action)) {
      return new ClientFrame.Action(action, key);
    }
    return FROM_THE_SERVER.contains(action)
        ? refused(ErrorCode.NOT_ALLOWED, "only the server says that", key)
        : refused(ErrorCode.BAD_FRAME, "there is no such action", key);
  }

  private static ClientFrame seen(String position, FrameKey key) {
    return position.matches("[1-9]\\d{0,14}")
        ? new ClientFrame.Seen(Long.parseLong(position), key)
        : refused(ErrorCode.UNKNOWN_MESSAGE, "there is no such message", key);
  }

  private static ClientFrame.Refused refused(ErrorCode code, String detail, FrameKey key) {
    return new ClientFrame.Refused(code, detail, key);
  }

  /** A small whole number; anything else that is a number is an event nobody knows. */
  private int event() {
    int from = at;
    number();
    String number = text.substring(from, at);
    return number.matches("\\d{1,4}") ? Integer.parseInt(number) : -2;
  }

  private String nothing() {
    word("null");
    return null;
  }

  private String notAKey() {
    skip(0);
    return "";
  }

  private int skippedEvent() {
    skip(0);
    return -1;
  }

  private void skip(int depth) {
    if (depth > DEEPEST) {
      throw NotJson.INSTANCE;
    }
    switch (peekAfterBlanks()) {
      case '"' -> string();
      case '{' -> {
        at++;
        if (peekAfterBlanks() == '}') {
          at++;
          return;
        }
        do {
          blanks();
          string();
          expect(':');
          skip(depth + 1);
        } while (comma('}'));
      }
      case '[' -> {
        at++;
        if (peekAfterBlanks() == ']') {
          at++;
          return;
        }
        do {
          skip(depth + 1);
        } while (comma(']'));
      }
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> number();
    }
  }

  private void word(String word) {
    if (!text.startsWith(word, at)) {
      throw NotJson.INSTANCE;
    }
    at += word.length();
  }

  private void number() {
    if (peek() == '-') {
      at++;
    }
    if (peek() == '0') {
      at++;
    } else {
      digits();
    }
    if (peek() == '.') {
      at++;
      digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      digits();
    }
  }

  private void digits() {
    int from = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    if (at == from) {
      throw NotJson.INSTANCE;
    }
  }

  /** Reads a string and returns it as it stands, without its quotes; counts its bytes. */
  private String string() {
    if (peek() != '"') {
      throw NotJson.INSTANCE;
    }
    int from = ++at;
    int count = 0;
    for (char c; (c = next()) != '"'; ) {
      if (c < 0x20) {
        throw NotJson.INSTANCE;
      } else if (c == '\\') {
        count += escape();
      } else {
        count += utf8Length(c);
      }
    }
    bytes = count;
    return text.substring(from, at - 1);
  }

  private int escape() {
    char c = next();
    if (c != 'u') {
      if ("\"\\/bfnrt".indexOf(c) < 0) {
        throw NotJson.INSTANCE;
      }
      return 1;
    }
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = HEX_DIGITS.indexOf(Character.toLowerCase(next()));
      if (digit < 0) {
        throw NotJson.INSTANCE;
      }
      code = code * 16 + digit;
    }
    return utf8Length((char) code);
  }

  private static int utf8Length(char c) {
    if (c < 0x80) {
      return 1;
    }
    return c < 0x800 || Character.isSurrogate(c) ? 2 : 3; // two surrogates make four bytes
  }

  private static String decoded(String json) {
    if (json.indexOf('\\') < 0) {
      return json;
    }
    StringBuilder decoded = new StringBuilder(json.length());
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c != '\\') {
        decoded.append(c);
        continue;
      }
      char escaped = json.charAt(++i);
      switch (escaped) {
        case 'b' -> decoded.append('\b');
        case 'f' -> decoded.append('\f');
        case 'n' -> decoded.append('\n');
        case 'r' -> decoded.append('\r');
        case 't' -> decoded.append('\t');
        case 'u' -> {
          decoded.append((char) Integer.parseInt(json, i + 1, i + 5, 16));
          i += 4;
        }
        default -> decoded.append(escaped);
      }
    }
    return decoded.toString();
  }

  private boolean comma(char end) {
    char c = peekAfterBlanks();
    at++;
    if (c != ',' && c != end) {
      throw NotJson.INSTANCE;
    }
    return c == ',';
  }

  private void expect(char c) {
    if (peekAfterBlanks() != c) {
      throw NotJson.INSTANCE;
    }
    at++;
  }

  private void blanks() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peekAfterBlanks() {
    blanks();
    return peek();
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private char next() {
    if (at >= text.length()) {
      throw NotJson.INSTANCE;
    }
    return text.charAt(at++);
  }
}
