package randomchat.user;

import randomchat.user.avatar.Seed;

/** A user as recorded. */
record User(UserId id, String name, Seed seed) {}
