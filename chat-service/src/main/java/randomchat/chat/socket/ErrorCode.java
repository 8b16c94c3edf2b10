package randomchat.chat.socket;

import java.util.Locale;

/** Why a frame was not taken; the code of an error event. */
enum ErrorCode {
  /** It is not a frame at all. */
  BAD_FRAME,
  UNKNOWN_EVENT,
  TOO_LONG,
  /** Not stored: send it later, under a new key. */
  TOO_FAST,
  NOT_ALLOWED,
  UNKNOWN_MESSAGE,
  UNKNOWN_FILE,
  /** It was stored, and is no longer kept. */
  DUPLICATE,
  /** Not stored, and something of its client id that came after it is: send it under a new key. */
  OVERTAKEN,
  /** Whether it was stored is not known: send it again, under the same key. */
  UNAVAILABLE;

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
