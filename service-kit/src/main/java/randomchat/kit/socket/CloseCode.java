package randomchat.kit.socket;

import io.quarkus.websockets.next.CloseReason;

/**
 * Why a socket is closed. 1000 and 4500 to 4999 say: stay away; 4000 to 4499, 1001, 1006 and 1012
 * say: come back.
 */
public enum CloseCode {
  /** It did what it was opened for. */
  DONE(1000, "done"),
  /** A message was larger than this service reads at all. */
  TOO_LARGE(1009, "message too large"),
  /** This replica shuts down; what it accepted is done: reconnect at once, it has spread you. */
  RESTARTING(1012, "restarting"),
  /** Nothing could be written to it for 30 s. */
  NOT_READING(4000, "not reading"),
  /** Redis does not answer; come back. */
  UNAVAILABLE(4002, "unavailable"),
  /** No answer to pings. */
  NOT_ANSWERING(4001, "not answering"),
  /** The channel has ended. */
  ENDED(4500, "ended"),
  /** The token expired. */
  EXPIRED(4501, "expired"),
  /** Banned, or flooding. */
  FLOODING(4502, "flooding"),
  /** Another connection of the same user took its place. */
  REPLACED(4503, "replaced");

  private final short code;
  private final String reason;

  CloseCode(int code, String reason) {
    this.code = (short) code;
    this.reason = reason;
  }

  public short code() {
    return code;
  }

  public String reason() {
    return reason;
  }

  public CloseReason asReason() {
    return new CloseReason(code, reason);
  }
}
