package randomchat.match.pool;

/** A user's id: decimal, 63 bits. It carries no authority. */
public record UserId(String text) {

  public UserId {
    Ids.decimal(text);
  }
}
