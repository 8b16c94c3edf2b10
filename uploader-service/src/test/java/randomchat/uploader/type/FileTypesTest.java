package randomchat.uploader.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import randomchat.kit.config.InvalidSetting;
import randomchat.kit.config.Settings;
import randomchat.uploader.Samples;

class FileTypesTest {

  private static final FileTypes STANDARD = allowing(Map.of());

  private static FileTypes allowing(Map<String, String> variables) {
    return new FileTypes(
        new AllowList(new Settings(name -> Optional.ofNullable(variables.get(name)))));
  }

  private static String typeOf(FileTypes types, byte[] content, String name) throws IOException {
    return types
        .of(new ByteArrayInputStream(content), FileName.of(name))
        .map(type -> type.mediaType() + " ." + type.extension())
        .orElse("refused");
  }

  static Stream<Arguments> whatIsAllowed() {
    return Stream.of(
        Arguments.of(Samples.PNG, "a.png", "image/png .png"),
        Arguments.of(Samples.PNG, "A.PNG", "image/png .png"),
        Arguments.of(Samples.PNG, "no extension", "image/png .png"),
        Arguments.of(Samples.PNG, "a.whatever", "image/png .png"),
        Arguments.of(Samples.JPEG, "a.jpg", "image/jpeg .jpg"),
        Arguments.of(Samples.JPEG, "a.jpeg", "image/jpeg .jpg"),
        Arguments.of(Samples.GIF, "a.gif", "image/gif .gif"),
        Arguments.of(Samples.WEBP, "a.webp", "image/webp .webp"),
        Arguments.of(Samples.PDF, "a.pdf", "application/pdf .pdf"),
        Arguments.of(Samples.TEXT, "a.txt", "text/plain .txt"),
        Arguments.of(Samples.TEXT, "README", "text/plain .txt"),
        Arguments.of(Samples.TEXT, "a.csv", "text/csv .csv"),
        Arguments.of(Samples.TEXT, "a.md", "text/markdown .md"),
        Arguments.of(Samples.TEXT, "a.js", "text/plain .txt"),
        Arguments.of(Samples.TEXT, "a.log", "text/plain .txt"),
        Arguments.of(Samples.MP3, "a.mp3", "audio/mpeg .mp3"),
        Arguments.of(
            new byte[] {(byte) 0xff, (byte) 0xfb, (byte) 0x90, 0x64, 0, 0},
            "a.mp3",
            "audio/mpeg .mp3"),
        Arguments.of(Samples.WAV, "a.wav", "audio/wav .wav"),
        Arguments.of(Samples.OPUS, "a.opus", "audio/ogg .ogg"),
        Arguments.of(Samples.OPUS, "a.ogg", "audio/ogg .ogg"),
        Arguments.of(Samples.MP4, "a.mp4", "video/mp4 .mp4"),
        Arguments.of(Samples.WEBM, "a.webm", "video/webm .webm"),
        Arguments.of(Samples.ZIP, "a.zip", "application/zip .zip"));
  }

  @ParameterizedTest
  @MethodSource("whatIsAllowed")
  void aFileOfAnAllowedType_getsItsUsualTypeAndExtension(
      byte[] content, String name, String expected) throws IOException {
    assertEquals(expected, typeOf(STANDARD, content, name));
  }

  static Stream<Arguments> whatIsRefused() {
    return Stream.of(
        Arguments.of(Samples.PNG, "a.jpg"),
        Arguments.of(Samples.PNG, "a.pdf"),
        Arguments.of(Samples.PNG, "a.exe"),
        Arguments.of(Samples.TEXT, "a.png"),
        Arguments.of(Samples.HTML, "a.png"),
        Arguments.of(Samples.HTML, "a.txt"),
        Arguments.of(Samples.HTML, "a.html"),
        Arguments.of(Samples.TEXT, "a.html"),
        Arguments.of(Samples.SVG, "a.svg"),
        Arguments.of(Samples.SVG, "a.png"),
        Arguments.of(Samples.SVG, "a.txt"),
        Arguments.of(Samples.PROGRAM, "a.exe"),
        Arguments.of(Samples.PROGRAM, "a.png"),
        Arguments.of(Samples.PROGRAM, "a"),
        Arguments.of(Samples.TEXT, "a.sh"),
        Arguments.of(Samples.TEXT, "a.json"),
        Arguments.of(new byte[] {0, 1, 2, 3}, "a.bin"),
        Arguments.of(new byte[100], "a.png"),
        Arguments.of(new byte[100], "a.jpg"),
        Arguments.of(new byte[100], "a.mp3"),
        Arguments.of(new byte[100], "a.mp4"),
        Arguments.of(new byte[100], "a.pdf"),
        Arguments.of(new byte[100], "a.zip"),
        Arguments.of(new byte[100], "a.txt"),
        Arguments.of(Samples.PNG, "a.txt"),
        Arguments.of(Samples.ZIP, "a.docx"),
        Arguments.of(Samples.ZIP, "a.jar"),
        Arguments.of(Samples.ZIP, "a.mp4"));
  }

  @ParameterizedTest
  @MethodSource("whatIsRefused")
  void aFileThatLiesOrIsNotAllowed_isRefused(byte[] content, String name) throws IOException {
    assertEquals("refused", typeOf(STANDARD, content, name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "png", ".png", "JPG", ".jpeg", "gif", "webp", "pdf", "txt", "csv", "md", "mp3", "wav",
        "ogg", "m4a", "flac", "mp4", "webm", "mov", "zip", "bmp", "avif", "heic", "tiff", "aac",
        "opus"
      })
  void anExtensionOfAnAllowedType_leadsToOneThatMeansTheSame(String extension) {
    FileType type = STANDARD.ofExtension(extension).orElseThrow();
    assertEquals(Optional.of(type), STANDARD.ofExtension(type.extension()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"svg", "html", "exe", "sh", "nope", "", ".", "a/b", "json", "docx", "xhtml"})
  void anExtensionOfNoAllowedType_isRefused(String extension) {
    assertEquals(Optional.empty(), STANDARD.ofExtension(extension));
  }

  @Test
  void theListOfTypes_isWhatItSays() throws IOException {
    FileTypes pictures = allowing(Map.of("UPLOAD_TYPES", "image/png, audio/*,image/svg+xml"));
    assertEquals("image/png .png", typeOf(pictures, Samples.PNG, "a.png"));
    assertEquals("refused", typeOf(pictures, Samples.JPEG, "a.jpg"));
    assertEquals("audio/mpeg .mp3", typeOf(pictures, Samples.MP3, "a.mp3"));
    assertEquals("image/svg+xml .svg", typeOf(pictures, Samples.SVG, "a.svg"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"image", "*/*", "image/", "image/*,x", "Image/png"})
  void aListOfSomethingElse_stopsTheStart(String list) {
    InvalidSetting error =
        assertThrows(InvalidSetting.class, () -> allowing(Map.of("UPLOAD_TYPES", list)));
    assertEquals(true, error.getMessage().startsWith("UPLOAD_TYPES must be media types"));
  }
}
