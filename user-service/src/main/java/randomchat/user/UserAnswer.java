package randomchat.user;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A user as shown to others.
 *
 * @param picture URL of the avatar, relative to this origin
 */
@RegisterForReflection
record UserAnswer(String id, String name, String picture) {

  static UserAnswer of(User user) {
    return new UserAnswer(user.id().value(), user.name(), user.seed().url());
  }
}
