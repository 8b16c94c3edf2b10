package randomchat.uploader.type;

import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MimeType;
import org.apache.tika.mime.MimeTypeException;
import org.apache.tika.mime.MimeTypes;

/**
 * Decides what a file is by its content. Its name may only make that more precise, as .csv does for
 * text, and must not say something else.
 */
@Singleton
@Startup // reads its table of types before anybody asks
public class FileTypes {

  /** How many bytes of a file are enough to know it. */
  public static final int HEAD_BYTES = 65_536;

  /** Under which name browsers know a type. */
  private static final Map<String, String> USUAL_TYPES =
      Map.of(
          "audio/vorbis", "audio/ogg",
          "audio/opus", "audio/ogg",
          "audio/speex", "audio/ogg",
          "audio/vnd.wave", "audio/wav",
          "audio/x-flac", "audio/flac",
          "audio/x-aac", "audio/aac",
          "video/x-m4v", "video/mp4",
          "image/x-ms-bmp", "image/bmp",
          "text/x-web-markdown", "text/markdown");

  private static final Map<String, String> USUAL_EXTENSIONS =
      Map.of(
          "audio/ogg", "ogg",
          "audio/wav", "wav",
          "audio/flac", "flac",
          "audio/aac", "aac",
          "audio/mp4", "m4a",
          "audio/mpeg", "mp3",
          "video/quicktime", "mov",
          "text/markdown", "md");

  private static final Set<String> DATA_OR_ACTIVE =
      Set.of("text/csv", "text/markdown", "text/vtt", "text/html", "text/xml", "text/xsl");

  private final MimeTypes known = MimeTypes.getDefaultMimeTypes();
  private final AllowList allowed;

  FileTypes(AllowList allowed) {
    this.allowed = allowed;
  }

  /**
   * Empty for a type that is not allowed, for content that is not what the name says, and for
   * content that is nothing known: a name alone makes no picture.
   */
  public Optional<FileType> of(InputStream content, FileName name) throws IOException {
    MediaType found = known.detect(new BufferedInputStream(content, HEAD_BYTES), new Metadata());
    if (found.equals(MediaType.OCTET_STREAM)) {
      return Optional.empty();
    }
    MediaType said = saidBy(name);
    boolean precise = known.getMediaTypeRegistry().isSpecializationOf(said, found);
    MediaType type = precise ? said : found;
    boolean agree = said.equals(MediaType.OCTET_STREAM) || usual(said).equals(usual(type));
    return agree ? allowed(type) : Optional.empty();
  }

  /** What a file of that extension has to be; empty for one that is not allowed or not known. */
  public Optional<FileType> ofExtension(String extension) {
    FileName name = FileName.of("x." + extension.replaceFirst("^\\.", ""));
    return name.extension().isEmpty() ? Optional.empty() : allowed(saidBy(name));
  }

  private MediaType saidBy(FileName name) {
    try {
      return known.detect(null, named(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // nothing is read
    }
  }

  private Optional<FileType> allowed(MediaType found) {
    String type = usual(found);
    boolean allows = allowed.allows(found.toString()) && allowed.allows(type);
    return allows ? Optional.of(new FileType(type, extension(type))) : Optional.empty();
  }

  /** The type under which it is served: what is text, but no data of its own, is plain text. */
  private static String usual(MediaType type) {
    String usual =
        USUAL_TYPES.getOrDefault(type.getBaseType().toString(), type.getBaseType().toString());
    boolean source = usual.startsWith("text/") && !DATA_OR_ACTIVE.contains(usual);
    return source ? "text/plain" : usual;
  }

  private String extension(String type) {
    String usual = USUAL_EXTENSIONS.get(type);
    if (usual != null) {
      return usual;
    }
    try {
      MimeType registered = known.getRegisteredMimeType(type);
      String extension = registered == null ? "" : registered.getExtension();
      return extension.matches("\\.[a-z0-9]{1,10}") ? extension.substring(1) : "bin";
    } catch (MimeTypeException e) {
      throw new IllegalStateException(e); // it comes from the same table
    }
  }

  private static Metadata named(FileName name) {
    Metadata metadata = new Metadata();
    metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, "x." + name.extension());
    return metadata;
  }
}
