package randomchat.uploader.type;

/**
 * What a file is.
 *
 * @param mediaType under which it is served
 * @param extension its usual one, without the dot
 */
public record FileType(String mediaType, String extension) {

  /** Whether a browser shows it in place; all else is saved. */
  public static boolean isShown(String mediaType) {
    return mediaType.startsWith("image/")
        || mediaType.startsWith("audio/")
        || mediaType.startsWith("video/");
  }
}
