package randomchat.uploader.type;

import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import randomchat.kit.config.InvalidSetting;
import randomchat.kit.config.Settings;

/**
 * {@code UPLOAD_TYPES}: media types, and families such as {@code image/*}. A family never means a
 * type that can carry a script: that must be named.
 */
@Singleton
@Startup // settings are checked before anybody asks
class AllowList {

  private static final List<String> STANDARD =
      List.of("image/*", "application/pdf", "text/*", "audio/*", "video/*", "application/zip");
  private static final Set<String> ACTIVE =
      Set.of("image/svg+xml", "text/html", "text/xml", "text/xsl");

  private final List<String> entries;

  AllowList(Settings settings) {
    List<String> asked = settings.list("UPLOAD_TYPES");
    for (String entry : asked) {
      if (!entry.matches("[a-z]+/(\\*|[a-z0-9][a-z0-9.+-]*)")) {
        throw new InvalidSetting(
            "UPLOAD_TYPES must be media types such as image/png or image/*, comma-separated, but"
                + " has '"
                + entry
                + "'");
      }
    }
    entries = asked.isEmpty() ? STANDARD : asked;
  }

  boolean allows(String mediaType) {
    String family = mediaType.substring(0, mediaType.indexOf('/')) + "/*";
    return entries.contains(mediaType) || (entries.contains(family) && !ACTIVE.contains(mediaType));
  }
}
