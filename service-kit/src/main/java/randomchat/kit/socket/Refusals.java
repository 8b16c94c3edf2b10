package randomchat.kit.socket;

import io.quarkus.runtime.Startup;
import io.quarkus.websockets.next.HttpUpgradeCheck.CheckResult;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import randomchat.kit.observe.Meters;

/** Refuses sockets before they open, and counts why. */
@Startup
@Singleton
public final class Refusals {

  /** Why, and with which status. */
  public enum Reason {
    BAD_REQUEST(400),
    UNAUTHORIZED(401),
    /** The token is of somebody else. */
    FORBIDDEN(403),
    /** A page of another origin. */
    FOREIGN_PAGE(403),
    /** What the socket is for is not there, or no more. */
    NOT_FOUND(404),
    /** A bug. */
    FAILED(500),
    /** {@code MAX_ALLOWED_CONNS}. */
    FULL(503),
    DRAINING(503),
    /** Redis does not answer. */
    UNAVAILABLE(503);

    private final int status;

    Reason(int status) {
      this.status = status;
    }
  }

  private static final Map<String, List<String>> RETRY = Map.of("Retry-After", List.of("1"));

  private final Admission admission;
  private final Map<Reason, LongAdder> refused;

  Refusals(Meters meters, Admission admission) {
    this.admission = admission;
    this.refused =
        meters.counters(
            "upgrades.refused", "Sockets refused before they opened", "reason", Reason.class);
  }

  public CheckResult refuse(Reason reason) {
    count(reason);
    return reason.status == 503
        ? CheckResult.rejectUpgradeSync(503, RETRY)
        : CheckResult.rejectUpgradeSync(reason.status);
  }

  /** After {@link Admission#enter} had no place. */
  public CheckResult refuseForRoom() {
    return refuse(admission.isDraining() ? Reason.DRAINING : Reason.FULL);
  }

  /** For those who are refused elsewhere. */
  public void count(Reason reason) {
    refused.get(reason).increment();
  }
}
