package randomchat.user;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** A user as the light edition asks for it. */
@RegisterForReflection
record NameAnswer(String id, String name) {

  static NameAnswer of(User user) {
    return new NameAnswer(user.id().value(), user.name());
  }
}
