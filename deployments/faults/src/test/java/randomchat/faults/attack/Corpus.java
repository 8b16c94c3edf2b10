package randomchat.faults.attack;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import randomchat.kit.testing.Contract;
import randomchat.kit.testing.Line;

/** What is changed until nobody should take it: all of it in one byte a character. */
final class Corpus {

  private static final String MARK = Mutator.MARK;
  private static final String IMAGE = "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR\0\0\0\1";

  private Corpus() {}

  /** Frames that clients send to chat, good and bad ones. */
  static List<String> frames() {
    List<String> frames = new ArrayList<>();
    JsonNode contract = Contract.read("chat-frames.json");
    contract.get("client").forEach(golden -> frames.add(latin1(golden.get("frame").asText())));
    contract.get("bad").forEach(golden -> frames.add(latin1(golden.get("frame").asText())));
    frames.add(
        "{\"event\":0,\"payload\":\"" + MARK + " \\ud83d\\ude00\",\"key\":\"" + MARK + ":1\"}");
    frames.add(
        "{\"x\":{\"y\":[1,2.5e3,null,true,{\""
            + MARK
            + "\":\"\"}]},\"event\":0,\"payload\":\"x\"}");
    return frames;
  }

  /** The bytes of frames, some of them in parts. */
  static List<byte[]> wireFrames() {
    byte[] text = frames().getFirst().getBytes(StandardCharsets.ISO_8859_1);
    byte[] none = new byte[0];
    return List.of(
        Line.frame(Line.TEXT, text),
        Line.frame(Line.TEXT & 0x0f, text), // not final
        Line.frame(0x80, text), // the rest of nothing
        Line.frame(0x00, none),
        Line.frame(Line.BINARY, text),
        Line.frame(Line.PING, text),
        Line.frame(Line.PONG, none),
        Line.frame(Line.CLOSE, new byte[] {3, (byte) 0xe8}),
        Line.frame(Line.CLOSE, (("\u000b\u00b8") + MARK).getBytes(StandardCharsets.ISO_8859_1)),
        Line.frame(0x83, text), // no such kind
        Line.frame(0xc1, text), // compressed
        Line.head(Line.TEXT, 100_000),
        Line.head(Line.PING, 4_000));
  }

  /** Claims of channel tokens and of identities. */
  static List<String> claims(long id, long exp) {
    return List.of(
        """
        {"sub":"%d","peer":"%d","channel_id":"%d","aud":"randomchat:channel","x":"%s","iat":1,"exp":%d}"""
            .formatted(id, id + 1, id, MARK, exp),
        """
        {"sub":"%d","name":"%s","aud":"randomchat:user","iat":1,"exp":%d}"""
            .formatted(id, MARK, exp),
        """
        {"sub":["%d"],"peer":{"x":1},"channel_id":%d,"aud":["randomchat:channel"],"x":"%s","exp":"%d"}"""
            .formatted(id, id, MARK, exp));
  }

  /** Bodies for those who want JSON. */
  static List<String> users() {
    return List.of(
        "{\"name\":\"Ann " + MARK + "\"}",
        "{\"name\":\"" + MARK + "\",\"x\":{\"y\":[null,1.5,\"\\u00e4\"]}}",
        "[{\"name\":\"" + MARK + "\"}]");
  }

  static String boundary() {
    return "b" + MARK;
  }

  /** Bodies for those who want files. */
  static List<String> forms() {
    return List.of(
        part("files", MARK + ".png", IMAGE) + "--" + boundary() + "--\r\n",
        part("files", "a.png", IMAGE)
            + part("files", MARK + ".txt", "text")
            + "--"
            + boundary()
            + "--\r\n",
        part("file", MARK + ".png", IMAGE) + part("x", "", "y") + "--" + boundary() + "--\r\n");
  }

  private static String part(String name, String file, String content) {
    return """
    --%s\r
    Content-Disposition: form-data; name="%s"; filename="%s"\r
    Content-Type: image/png\r
    \r
    %s\r
    """
        .formatted(boundary(), name, file, content);
  }

  private static String latin1(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
