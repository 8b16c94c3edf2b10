package randomchat.match.pool;

/** What became of a pairing by one member's answer. */
public sealed interface Acceptance {

  /** The other has not answered yet. */
  record Accepted() implements Acceptance {}

  /** The other had answered already. */
  record Made(Match match) implements Acceptance {}

  /** There is no such pairing any more. */
  record Late() implements Acceptance {}
}
