package randomchat.user;

import java.security.SecureRandom;
import java.util.Optional;

/** Who somebody is: a decimal number of 63 bits. It carries no authority. */
record UserId(String value) {

  private static final SecureRandom RANDOM = new SecureRandom();

  UserId {
    if (!isId(value)) {
      throw new IllegalArgumentException("not a user id");
    }
  }

  /** A new one, that nobody can guess. */
  static UserId random() {
    return new UserId(Long.toString(RANDOM.nextLong(1, Long.MAX_VALUE)));
  }

  /** Empty for what is not the decimal form of a number from 1 to 2^63-1. */
  static Optional<UserId> parse(String text) {
    return isId(text) ? Optional.of(new UserId(text)) : Optional.empty();
  }

  private static boolean isId(String text) {
    if (text == null || !text.matches("[1-9][0-9]{0,18}")) {
      return false;
    }
    return text.length() < 19 || text.compareTo(Long.toString(Long.MAX_VALUE)) <= 0;
  }

  @Override
  public String toString() {
    return value;
  }
}
