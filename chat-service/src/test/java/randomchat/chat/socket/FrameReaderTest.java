package randomchat.chat.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import randomchat.kit.testing.Contract;

class FrameReaderTest {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** Codes of what only the channel's state can tell. */
  private static final Set<String> LATER = Set.of("unknown_message", "unknown_file");

  private static String text(String payload) {
    return "{\"event\":0,\"payload\":" + payload + "}";
  }

  @Test
  void goldenFrames_areReadAsTheContractSays() throws Exception {
    for (JsonNode golden : Contract.read("chat-frames.json").get("client")) {
      String name = golden.get("name").textValue();
      ClientFrame frame = FrameReader.read(golden.get("frame").textValue());
      String payload = golden.get("payload").textValue();
      switch (frame) {
        case ClientFrame.Text text -> {
          assertEquals(0, golden.get("event").intValue(), name);
          assertEquals(payload, JSON.readValue("\"" + text.json() + "\"", String.class), name);
          assertEquals(payload.getBytes(StandardCharsets.UTF_8).length, text.bytes(), name);
        }
        case ClientFrame.Action action -> assertEquals(payload, action.action(), name);
        case ClientFrame.Seen seen -> assertEquals(payload, String.valueOf(seen.position()), name);
        case ClientFrame.File file -> assertEquals(payload, file.payload(), name);
        case ClientFrame.Refused refused -> fail(name + ": " + refused);
      }
      String key = golden.get("key").textValue();
      assertEquals(key, frame.key() == null ? null : frame.key().text(), name);
    }
  }

  @Test
  void goldenBadFrames_areRefusedAsTheContractSays() {
    for (JsonNode golden : Contract.read("chat-frames.json").get("bad")) {
      String code = golden.get("code").textValue();
      ClientFrame frame = FrameReader.read(golden.get("frame").textValue());
      if (!LATER.contains(code)) {
        ClientFrame.Refused refused = assertInstanceOf(ClientFrame.Refused.class, frame);
        assertEquals(code, refused.code().text(), golden.get("name").textValue());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{}x",
        "null",
        "\"event\"",
        "{\"event\":0,\"payload\":\"x\"",
        "{\"event\":0,\"payload\":\"x\"}}",
        "{\"event\":0,\"payload\":\"x\"} x",
        "{\"event\":0,\"payload\":\"x\",}",
        "{\"event\":0 \"payload\":\"x\"}",
        "{\"event\":0,,\"payload\":\"x\"}",
        "{event:0,\"payload\":\"x\"}",
        "{'event':0,'payload':'x'}",
        "{\"event\":00,\"payload\":\"x\"}",
        "{\"event\":+0,\"payload\":\"x\"}",
        "{\"event\":0.,\"payload\":\"x\"}",
        "{\"event\":.5,\"payload\":\"x\"}",
        "{\"event\":1e,\"payload\":\"x\"}",
        "{\"event\":\u0660,\"payload\":\"x\"}",
        "{\"event\":0,\"payload\":\"x\",\"more\":tru}",
        "{\"event\":0,\"payload\":\"x\",\"more\":NaN}",
        "{\"event\":0,\"payload\":\"x\",\"more\":[1,]}",
        "{\"event\":0,\"payload\":\"x\",\"more\":[1 2]}",
        "{\"event\":0,\"payload\":\"x\",\"more\":{\"a\"}}",
        "{\"event\":0,\"payload\":\"x\",\"more\":{1:2}}",
        "{\"event\":0,\"payload\":\"\n\"}",
        "{\"event\":0,\"payload\":\"\u0000\"}",
        "{\"event\":0,\"payload\":\"\u001f\"}",
        "{\"event\":0,\"payload\":\"\\x\"}",
        "{\"event\":0,\"payload\":\"\\\"}",
        "{\"event\":0,\"payload\":\"\\u00g0\"}",
        "{\"event\":0,\"payload\":\"\\u00\"}",
        "{\"event\":0,\"payload\":\"\\u+041\"}",
        "{\"event\":0,\"payload\":\"\\u\uff10\uff10\uff14\uff11\"}",
        "{\"event\":0,\"payload\":\"\\u\u0660\u0660\u0664\u0661\"}",
        "\ufeff{\"event\":0,\"payload\":\"x\"}",
        "{\"event\":0,\"payload\":\"x\"}\u0000",
        "\u0000",
        "{\"event\":0,\u00a0\"payload\":\"x\"}",
      })
  void whatIsNotStrictJson_isABadFrame(String frame) {
    refused(ErrorCode.BAD_FRAME, frame);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"event\":0,\"payload\":5}",
        "{\"event\":0,\"payload\":null}",
        "{\"event\":0,\"payload\":\"x\",\"payload\":{}}",
        "{\"event\":\"0\",\"payload\":\"x\"}",
        "{\"event\":null,\"payload\":\"x\"}",
        "{\"event\":[0],\"payload\":\"x\"}",
        "{\"event\":0,\"payload\":\"x\",\"key\":7}",
        "{\"event\":0,\"payload\":\"x\",\"key\":{}}",
        "{\"event\":0,\"payload\":\"x\",\"key\":\"\"}",
        "{\"event\":0,\"payload\":\"x\",\"key\":\":1\"}",
        "{\"event\":0,\"payload\":\"x\",\"key\":\"c:\"}",
        "{\"event\":0,\"payload\":\"x\",\"key\":\"c:01\"}",
        "{\"event\":0,\"payload\":\"x\",\"key\":\"c:-1\"}",
        "{\"event\":0,\"payload\":\"x\",\"key\":\"c:1e3\"}",
        "{\"event\":0,\"payload\":\"x\",\"key\":\"c:1000000000000000\"}",
        "{\"event\":0,\"payload\":\"x\",\"key\":\"c:\u0661\"}",
        "{\"event\":0,\"payload\":\"x\",\"key\":\"a\\\"b:1\"}",
        "{\"event\":0,\"payload\":\"x\",\"key\":\".a:1\"}",
        "{\"event\":0,\"payload\":\"x\",\"key\":\"\u00e4:1\"}",
        "{\"event\":0,\"payload\":\"x\",\"key\":\"0123456789012345678901234567890123456789012345678901234567890123:1\"}",
        "{\"event\":1,\"payload\":\"dancing\"}",
      })
  void whatIsNotAFrame_isABadFrame(String frame) {
    refused(ErrorCode.BAD_FRAME, frame);
  }

  @ParameterizedTest
  @ValueSource(strings = {"4", "5", "-1", "1.0", "0e0", "99999", "1e400", "-0"})
  void anyOtherNumber_isAnUnknownEvent(String event) {
    refused(ErrorCode.UNKNOWN_EVENT, "{\"event\":" + event + ",\"payload\":\"x\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1.5", "x", "", "01", "9999999999999999"})
  void seenOfWhatIsNoPosition_isAnUnknownMessage(String position) {
    refused(ErrorCode.UNKNOWN_MESSAGE, "{\"event\":2,\"payload\":\"" + position + "\"}");
  }

  @Test
  void theLastOfDuplicates_counts_andNamesMayBeEscaped() {
    ClientFrame.Text frame =
        read("{\"payload\":\"a\",\"event\":3,\"\\u0065vent\":0,\"payload\":\"b\"}");
    assertEquals("b", frame.json());
    assertNull(read("{\"event\":0,\"payload\":\"x\",\"key\":\"c:1\",\"key\":null}").key());
  }

  @Test
  void unknownFields_areSkipped_soFarAsTheyAreNotTooDeep() {
    String nested = "[".repeat(16) + "]".repeat(16);
    assertNotNull(read("{\"x\":" + nested + ",\"event\":0,\"payload\":\"x\"}"));
    String objects =
        "{\"a\":".repeat(10) + "[1,-2.5e+3,\"\\\"\",true,false,null,{}]" + "}".repeat(10);
    assertNotNull(read("{\"event\":0,\"payload\":\"x\",\"x\":" + objects + "}"));
    for (String deep : Set.of("[", "{\"a\":")) {
      refused(ErrorCode.BAD_FRAME, "{\"event\":0,\"payload\":\"x\",\"x\":" + deep.repeat(5_000));
    }
    refused(
        ErrorCode.BAD_FRAME,
        "{\"event\":0,\"payload\":\"x\",\"x\":" + "[".repeat(18) + "]".repeat(18) + "}");
  }

  @ParameterizedTest
  @CsvSource({
    "abc, 3",
    "ä, 2",
    "€, 3",
    "😀, 4",
    "\\u00e4, 2",
    "\\u20ac, 3",
    "\\ud83d\\uDE00, 4",
    "\\n\\t\\/\\\\, 4",
    "\\u0000, 1",
    "\\ud83d, 2",
  })
  void bytes_areThoseOfTheTextItself(String json, int bytes) {
    assertEquals(bytes, read(text("\"" + json + "\"")).bytes());
  }

  /** Whatever is made of a good frame: it is read as a strict reader of JSON does, or refused. */
  @Test
  void mutatedFrames_neverThrow_andWhatIsTakenIsStrictJson() throws Exception {
    Random random = new Random(20261123);
    String[] seeds = {
      "{\"event\":0,\"payload\":\"h\\u00e9 \\\"x\\\" \\ud83d\\ude00\\n\",\"key\":\"a1:1\"}",
      "{\"event\":1,\"user_id\":\"77\",\"payload\":\"istyping\"}",
      "{\"event\":2,\"payload\":\"12\",\"n\":[1,2.5e-3,{\"a\":null}]}",
      "{\"event\":3,\"payload\":\"{\\\"file_name\\\":\\\"c\\\"}\",\"key\":\"a1:2\"}",
    };
    String material = "{}[]\",:\\u0019aefn-+.E \t\n\u0000\u0660\uff11\ud83d\u00e9truls";
    for (int i = 0; i < 200_000; i++) {
      StringBuilder frame = new StringBuilder(seeds[random.nextInt(seeds.length)]);
      for (int n = random.nextInt(1, 5); n > 0; n--) {
        if (frame.isEmpty()) {
          break;
        }
        int at = random.nextInt(frame.length());
        char c = material.charAt(random.nextInt(material.length()));
        switch (random.nextInt(4)) {
          case 0 -> frame.setCharAt(at, c);
          case 1 -> frame.insert(at, c);
          case 2 -> frame.deleteCharAt(at);
          default -> frame.setLength(Math.max(1, at));
        }
      }
      String mutated = frame.toString();
      ClientFrame read = FrameReader.read(mutated);
      if (read instanceof ClientFrame.Refused) {
        continue;
      }
      try {
        JsonNode strict = JSON.readTree(mutated);
        if (read instanceof ClientFrame.Text text) {
          assertEquals(
              strict.get("payload").textValue(),
              JSON.readTree("\"" + text.json() + "\"").textValue(),
              mutated);
        }
      } catch (JsonProcessingException e) {
        fail(mutated + " is no JSON: " + e.getMessage());
      }
    }
  }

  private static ClientFrame.Text read(String frame) {
    return assertInstanceOf(ClientFrame.Text.class, FrameReader.read(frame));
  }

  private static void refused(ErrorCode code, String frame) {
    assertEquals(
        code, assertInstanceOf(ClientFrame.Refused.class, FrameReader.read(frame)).code(), frame);
  }
}
