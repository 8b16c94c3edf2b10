package randomchat.uploader;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The beginnings of files, enough to know what they are. */
public final class Samples {

  public static final byte[] PNG =
      bytes(0x89, "PNG\r\n", 0x1a, "\n", 0, 0, 0, 13, "IHDR", 0, 0, 0, 1);
  public static final byte[] JPEG = bytes(0xff, 0xd8, 0xff, 0xe0, 0, 16, "JFIF", 0, 1, 1, 0, 0, 1);
  public static final byte[] GIF = bytes("GIF89a", 1, 0, 1, 0, 0, 0, 0);
  public static final byte[] WEBP = bytes("RIFF", 26, 0, 0, 0, "WEBPVP8 ", 14, 0, 0, 0);
  public static final byte[] PDF = bytes("%PDF-1.7\n%", 0xe2, 0xe3, 0xcf, 0xd3, "\n1 0 obj\n");
  public static final byte[] TEXT = bytes("Hello, this is text.\nAnd a second line.\n");
  public static final byte[] HTML = bytes("<!DOCTYPE html><html><body><script>alert(1)</script>");
  public static final byte[] SVG =
      bytes("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>");
  public static final byte[] MP3 = bytes("ID3", 3, 0, 0, 0, 0, 0, 0, 0xff, 0xfb, 0x90, 0x64);
  public static final byte[] WAV = bytes("RIFF", 36, 0, 0, 0, "WAVEfmt ", 16, 0, 0, 0, 1, 0, 1, 0);
  public static final byte[] OPUS =
      bytes(
          "OggS",
          0,
          2,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          0,
          1,
          2,
          3,
          4,
          0,
          0,
          0,
          0,
          9,
          8,
          7,
          6,
          1,
          19,
          "OpusHead",
          1,
          1);
  public static final byte[] MP4 = bytes(0, 0, 0, 32, "ftypisom", 0, 0, 2, 0, "isomiso2avc1mp41");
  public static final byte[] WEBM =
      bytes(0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x86, 0x81, 1, 0x42, 0x82, 0x84, "webm");
  public static final byte[] PROGRAM =
      bytes("MZ", 0x90, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0xff, 0xff, 0, 0);
  public static final byte[] ZIP = zip();

  private Samples() {}

  /** A sample, followed by what makes it that long. */
  public static byte[] longer(byte[] sample, int length) {
    return Arrays.copyOf(sample, length);
  }

  private static byte[] bytes(Object... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Object part : parts) {
      if (part instanceof String text) {
        all.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
      } else {
        all.write((Integer) part);
      }
    }
    return all.toByteArray();
  }

  private static byte[] zip() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(all)) {
      zip.putNextEntry(new ZipEntry("a.txt"));
      zip.write(TEXT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all.toByteArray();
  }
}
