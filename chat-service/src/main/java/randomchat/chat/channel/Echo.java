package randomchat.chat.channel;

/** What a key stored that is not new. */
public sealed interface Echo {

  /** A message that is still kept. */
  record Kept(StoredMessage message) implements Echo {}

  /** Nothing: it was refused, and what was said after it was stored. */
  record Never() implements Echo {}

  /** Whatever it was, it is no longer kept. */
  record Unknown() implements Echo {}
}
