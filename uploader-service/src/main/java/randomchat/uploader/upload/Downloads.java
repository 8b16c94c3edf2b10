package randomchat.uploader.upload;

import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import randomchat.kit.problem.Problem;
import randomchat.uploader.store.ObjectKey;
import randomchat.uploader.store.ObjectStore;
import randomchat.uploader.store.Presigner;
import randomchat.uploader.type.FileName;
import randomchat.uploader.type.FileType;
import randomchat.uploader.type.FileTypes;
import randomchat.uploader.upload.UploadMeters.Outcome;

/**
 * Hands files of open channels out. What a member wrote by themselves is looked at before it is
 * read for the first time: it is copied to a key that was never signed for writing, and the copy is
 * what is judged and served, so that nobody can exchange it afterwards.
 */
@Singleton
class Downloads {

  private static final Problem UNKNOWN = Problem.notFound("no such file");
  private static final Problem NOT_ALLOWED =
      new Problem(415, "this file is not what its name says, or not allowed here");

  private final UploadScripts scripts;
  private final ObjectStore store;
  private final Presigner presigner;
  private final FileTypes types;
  private final UploadLimits limits;
  private final UploadMeters meters;

  Downloads(
      UploadScripts scripts,
      ObjectStore store,
      Presigner presigner,
      FileTypes types,
      UploadLimits limits,
      UploadMeters meters) {
    this.scripts = scripts;
    this.store = store;
    this.presigner = presigner;
    this.types = types;
    this.limits = limits;
    this.meters = meters;
  }

  /** A URL to read it for that long. */
  String url(ObjectKey key, Duration lifetime) {
    UploadRecord upload = scripts.find(key).orElseThrow(() -> UNKNOWN);
    UploadRecord clean =
        Optional.of(upload)
            .filter(UploadRecord::isClean)
            .or(() -> adopt(key, upload))
            .or(() -> scripts.find(key).filter(UploadRecord::isClean)) // another reader was first
            .orElseThrow(() -> UNKNOWN);
    ObjectKey object = Optional.ofNullable(clean.object()).flatMap(ObjectKey::parse).orElse(key);
    FileName name = FileName.of(clean.name() == null ? "file." + key.extension() : clean.name());
    return presigner.get(object, clean.type(), Disposition.of(clean.type(), name), lifetime);
  }

  /** Empty when there is nothing under its key: nobody wrote to it yet, or it was adopted. */
  private Optional<UploadRecord> adopt(ObjectKey issued, UploadRecord upload) {
    OptionalLong size = store.size(issued);
    if (size.isEmpty()) {
      return Optional.empty();
    }
    ObjectKey copy = ObjectKey.random(issued.channel(), issued.extension());
    boolean kept = false;
    try {
      if (!isFit(size.getAsLong())) {
        throw refuse(issued, upload);
      }
      if (!store.copy(issued, copy)) {
        return Optional.empty();
      }
      UploadRecord wanted = judge(copy).orElseThrow(() -> refuse(issued, upload));
      Optional<UploadRecord> recorded = scripts.replace(issued, upload, wanted);
      kept = recorded.equals(Optional.of(wanted));
      store.delete(issued.toString());
      if (kept) {
        meters.count(Outcome.ADOPTED);
      }
      return recorded;
    } finally {
      if (!kept) {
        store.delete(copy.toString());
      }
    }
  }

  /** The copy is judged, not the original, which its writer may still change. */
  private Optional<UploadRecord> judge(ObjectKey copy) {
    long size = store.size(copy).orElse(0);
    if (!isFit(size)) {
      return Optional.empty();
    }
    byte[] head = store.head(copy, FileTypes.HEAD_BYTES);
    try {
      Optional<FileType> type =
          types.of(new ByteArrayInputStream(head), FileName.of("x." + copy.extension()));
      return type.map(found -> UploadRecord.clean(found, size, copy.toString(), null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isFit(long size) {
    return size > 0 && size <= limits.mostBytes();
  }

  private Problem refuse(ObjectKey issued, UploadRecord upload) {
    meters.count(Outcome.REJECTED);
    scripts.discard(issued, upload);
    store.delete(issued.toString());
    return NOT_ALLOWED;
  }
}
