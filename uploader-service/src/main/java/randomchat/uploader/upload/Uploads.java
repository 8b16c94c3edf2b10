package randomchat.uploader.upload;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import randomchat.uploader.ChannelId;
import randomchat.uploader.store.ObjectKey;
import randomchat.uploader.store.ObjectStore;
import randomchat.uploader.type.FileName;
import randomchat.uploader.type.FileType;
import randomchat.uploader.type.FileTypes;

/** Takes files of a channel in: all that came in one request, or none. */
@Singleton
class Uploads {

  /** A file that was taken in, under the key that the server chose. */
  record Stored(FileName name, ObjectKey key) {}

  private final ObjectStore store;
  private final UploadScripts scripts;
  private final FileTypes types;

  Uploads(ObjectStore store, UploadScripts scripts, FileTypes types) {
    this.store = store;
    this.scripts = scripts;
    this.types = types;
  }

  /** By content; empty for what is not allowed, or not what its name says. */
  Optional<FileType> typeOf(Incoming file) {
    try (InputStream content = Files.newInputStream(file.content())) {
      return types.of(content, file.name());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Empty, and nothing is left, when the channel ended meanwhile. */
  Optional<List<Stored>> take(ChannelId channel, Map<Incoming, FileType> files) {
    Map<ObjectKey, UploadRecord> records = new LinkedHashMap<>();
    List<Stored> stored = new ArrayList<>();
    boolean done = false;
    try {
      files.forEach(
          (file, type) -> {
            ObjectKey key = ObjectKey.random(channel, type.extension());
            records.put(key, UploadRecord.clean(type, file.size(), null, file.name()));
            stored.add(new Stored(file.name(), key));
            store.put(key, file.content(), type.mediaType());
          });
      done = scripts.record(channel, records);
      return done ? Optional.of(stored) : Optional.empty();
    } finally {
      if (!done) {
        records.keySet().forEach(key -> store.delete(key.toString()));
      }
    }
  }

  /** A key that a member may write to by themselves; empty when the channel ended meanwhile. */
  Optional<ObjectKey> issue(ChannelId channel, FileType type) {
    ObjectKey key = ObjectKey.random(channel, type.extension());
    boolean open = scripts.record(channel, Map.of(key, UploadRecord.issued()));
    return open ? Optional.of(key) : Optional.empty();
  }
}
