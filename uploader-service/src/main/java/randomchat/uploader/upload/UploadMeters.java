package randomchat.uploader.upload;

import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import randomchat.kit.observe.Meters;

/** What becomes of uploads. */
@Startup
@Singleton
final class UploadMeters {

  /** Of a request for an upload, and of a file that its member wrote to the store. */
  enum Outcome {
    /** All files of a request. */
    STORED,
    /** A URL to write to the store by. */
    ISSUED,
    /** What was written there is fit to be read. */
    ADOPTED,
    /** What was written there is not. */
    REJECTED,
    BAD_REQUEST,
    UNAUTHORIZED,
    /** The channel has ended, or never was. */
    NO_CHANNEL,
    TOO_LARGE,
    /** Not what the name says, or not allowed. */
    BAD_TYPE,
    TOO_MANY,
    /** Redis or the store does not answer. */
    UNAVAILABLE,
    /** A bug. */
    FAILED
  }

  private final Map<Outcome, LongAdder> uploads;

  UploadMeters(Meters meters) {
    uploads =
        meters.counters("uploads", "Uploads by what became of them", "outcome", Outcome.class);
  }

  void count(Outcome outcome) {
    uploads.get(outcome).increment();
  }
}
