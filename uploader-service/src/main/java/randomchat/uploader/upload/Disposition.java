package randomchat.uploader.upload;

import java.nio.charset.StandardCharsets;
import randomchat.uploader.type.FileName;
import randomchat.uploader.type.FileType;

/** The header Content-Disposition (RFC 6266): pictures, audio and video show, all else is saved. */
final class Disposition {

  private static final String UNESCAPED = "!#$&+-.^_`|~"; // attr-char of RFC 8187, without letters

  private Disposition() {}

  static String of(String mediaType, FileName name) {
    return "%s; filename=\"%s\"; filename*=UTF-8''%s"
        .formatted(
            FileType.isShown(mediaType) ? "inline" : "attachment",
            name.value().replaceAll("[^A-Za-z0-9 ._()-]", "_"),
            escaped(name.value()));
  }

  private static String escaped(String name) {
    StringBuilder text = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || UNESCAPED.indexOf(c) >= 0);
      text.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
    }
    return text.toString();
  }
}
