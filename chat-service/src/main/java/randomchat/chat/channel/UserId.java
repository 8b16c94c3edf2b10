package randomchat.chat.channel;

/** A user's id: decimal, 63 bits. It carries no authority. */
public record UserId(String text) {

  public UserId {
    if (!Ids.isDecimal(text)) {
      throw new IllegalArgumentException("not a user id");
    }
  }
}
