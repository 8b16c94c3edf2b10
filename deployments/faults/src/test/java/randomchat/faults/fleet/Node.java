package randomchat.faults.fleet;

import randomchat.e2e.system.Part;
import randomchat.e2e.system.RandomChat;
import randomchat.kit.testing.RedisServer;
import randomchat.kit.testing.RedisTerminal;

/** One Redis, which can fail. */
public interface Node {

  boolean isAlive();

  /** Ends it at once, as a crash would. */
  void kill();

  /** Starts it again with what it has on disk. */
  void restart();

  /** Stops it where it is, as a hung machine would; its connections stay. */
  void freeze();

  void thaw();

  /** Its answer to a command. */
  String tell(String... words);

  static Node of(RedisServer server) {
    return new Node() {
      @Override
      public boolean isAlive() {
        return server.isAlive();
      }

      @Override
      public void kill() {
        server.kill();
      }

      @Override
      public void restart() {
        server.restart();
      }

      @Override
      public void freeze() {
        server.freeze();
      }

      @Override
      public void thaw() {
        server.thaw();
      }

      @Override
      public String tell(String... words) {
        return server.tell(words);
      }
    };
  }

  static Node of(RandomChat system) {
    Part part = system.part("redis");
    return new Node() {
      @Override
      public boolean isAlive() {
        return true; // a fault waits until it is back
      }

      @Override
      public void kill() {
        part.kill();
      }

      @Override
      public void restart() {
        part.revive();
      }

      @Override
      public void freeze() {
        part.freeze();
      }

      @Override
      public void thaw() {
        part.thaw();
      }

      @Override
      public String tell(String... words) {
        try (RedisTerminal redis = system.redis()) {
          return redis.ask(words);
        }
      }
    };
  }
}
