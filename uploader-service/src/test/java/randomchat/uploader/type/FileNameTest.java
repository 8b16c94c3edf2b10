package randomchat.uploader.type;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNameTest {

  @ParameterizedTest
  @CsvSource({
    "a.png, a.png, png",
    "../../etc/passwd, passwd, ''",
    "C:\\fake\\a.JPG, a.JPG, jpg",
    "Grüße 😀.txt, Grüße 😀.txt, txt",
    "a.tar.gz, a.tar.gz, gz",
    ".., file, ''",
    "., file, ''",
    "'', file, ''",
    "a/, file, ''",
    "a.b-c, a.b-c, ''",
    "a.waytoolongext, a.waytoolongext, ''"
  })
  void aName_isItsLastPart(String told, String name, String extension) {
    assertEquals(name, FileName.of(told).value());
    assertEquals(extension, FileName.of(told).extension());
  }

  @Test
  void whatCannotBeShown_isLeftOut() {
    assertEquals("axfdp.exe", FileName.of("a\r\nx\u202efdp.exe").value());
    assertEquals("ab", FileName.of("a\ud800b\u0000\u200b").value());
    assertEquals("file", FileName.of(null).value());
  }

  @Test
  void aLongName_keepsItsEnd() {
    FileName name = FileName.of("x".repeat(500) + ".png");
    assertEquals(120, name.value().length());
    assertEquals("png", name.extension());
  }
}
