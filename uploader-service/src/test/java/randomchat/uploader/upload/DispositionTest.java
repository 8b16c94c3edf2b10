package randomchat.uploader.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import randomchat.uploader.type.FileName;

class DispositionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "image/png|a b.png|inline; filename=\"a b.png\"; filename*=UTF-8''a%20b.png",
        "audio/mpeg|a.mp3|inline; filename=\"a.mp3\"; filename*=UTF-8''a.mp3",
        "video/mp4|a.mp4|inline; filename=\"a.mp4\"; filename*=UTF-8''a.mp4",
        "application/pdf|ü.pdf|attachment; filename=\"_.pdf\"; filename*=UTF-8''%C3%BC.pdf",
        "text/plain|a\";x'.txt|attachment; filename=\"a__x_.txt\"; filename*=UTF-8''a%22%3Bx%27.txt",
        "text/plain|100%.txt|attachment; filename=\"100_.txt\"; filename*=UTF-8''100%25.txt"
      })
  void picturesAudioAndVideoShow_allElseIsSaved_underANameThatCannotBreakOut(
      String type, String name, String expected) {
    assertEquals(expected, Disposition.of(type, FileName.of(name)));
  }
}
