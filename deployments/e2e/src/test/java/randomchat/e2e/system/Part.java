package randomchat.e2e.system;

import randomchat.kit.testing.Await;

/**
 * One part of the running system: chat-1, redis, store … It can be frozen, killed and started again
 * as it was.
 */
public abstract class Part {

  private static final int START_SECONDS = 60; // beside others that start

  private final RandomChat system;
  private final String name;

  Part(RandomChat system, String name) {
    this.system = system;
    this.name = name;
  }

  public String name() {
    return name;
  }

  RandomChat system() {
    return system;
  }

  /** Where it is reached from this machine. */
  public abstract String host();

  public abstract int port();

  public abstract int managementPort();

  /** As this machine's kernel numbers it. */
  public abstract long pid();

  public String origin() {
    return "http://" + host() + ":" + port();
  }

  /** Stops it where it is: its connections stay, and nobody answers. */
  public abstract void freeze();

  public abstract void thaw();

  /** Ends it as a crash does. */
  public abstract void kill();

  /** Asks it to end, and returns at once. */
  public abstract void terminate();

  public abstract void awaitEnd();

  /** Starts it again with its environment, and waits until it is ready. */
  public abstract void revive();

  public void awaitReady() {
    Await.until(name + " is ready", START_SECONDS, () -> system.isReady(name));
  }

  /** What happens while it is dead; then it is there again, whatever came of that. */
  public void dead(Runnable meanwhile) {
    kill();
    try {
      meanwhile.run();
    } finally {
      revive();
    }
  }

  /** What happens while it hangs. */
  public void frozen(Runnable meanwhile) {
    freeze();
    try {
      meanwhile.run();
    } finally {
      thaw();
    }
  }
}
