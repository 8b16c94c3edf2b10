package randomchat.faults.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** One of a service's replicas, which can be ended in any way and started again. */
public abstract class Replica {

  private static final int CLOCK_TICKS = 100; // a second: Linux tells CPU time in these

  private volatile boolean up;

  /** Where clients reach it. */
  public abstract URI url(String path);

  abstract long pid();

  abstract void awaitProcess();

  abstract void end();

  abstract void endInPeace();

  abstract void startAgain();

  public final void awaitReady() {
    awaitProcess();
    up = true;
  }

  /** Whether new clients are sent here, as a load balancer would decide a moment later. */
  public final boolean isUp() {
    return up;
  }

  /** Nobody is sent here any more, or again; who is here stays. */
  public final void takesClients(boolean takes) {
    up = takes;
  }

  /** Ends it as a crash does. */
  public final void kill() {
    up = false;
    end();
  }

  /** Asks it to end, and waits until it has drained. */
  public final void drain() {
    up = false;
    endInPeace();
  }

  /** Starts it again, maybe at another port. */
  public final void start() {
    startAgain();
    awaitReady();
  }

  /** Resident memory in bytes. */
  public final long memory() {
    return proc("status")
            .lines()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow()
        * 1024;
  }

  /** CPU time it used so far, in milliseconds. */
  public final long cpuMillis() {
    String stat = proc("stat");
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 1000 / CLOCK_TICKS;
  }

  private String proc(String file) {
    try {
      return Files.readString(Path.of("/proc", "" + pid(), file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
