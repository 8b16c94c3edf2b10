package randomchat.faults.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import randomchat.kit.testing.ServiceProcess;

/** One process of a service, which can be ended in any way and started again. */
public final class Replica {

  private static final int CLOCK_TICKS = 100; // a second: Linux tells CPU time in these

  /** Short runs are over before the second compiler pays. */
  private static final int COMPILER = Integer.getInteger("faults.minutes", 0) > 0 ? 4 : 1;

  private static final String[] FLAGS = {
    "-XX:+UseSerialGC", "-Xmn16m", "-Xmx256m", "-XX:TieredStopAtLevel=" + COMPILER
  };

  private final String service;
  private final Map<String, String> variables;
  private volatile ServiceProcess process;
  private volatile boolean up;

  Replica(String service, Map<String, String> variables) {
    this.service = service;
    this.variables = variables;
    process = ServiceProcess.of(service, variables, FLAGS);
  }

  public Replica awaitReady() {
    process.awaitReady();
    up = true;
    return this;
  }

  /** Whether new clients are sent here, as a load balancer would decide a moment later. */
  public boolean isUp() {
    return up;
  }

  public URI url(String path) {
    return process.url(path);
  }

  /** Nobody is sent here any more, or again; who is here stays. */
  public void takesClients(boolean takes) {
    up = takes;
  }

  public URI managementUrl(String path) {
    return process.managementUrl(path);
  }

  /** Ends it as a crash does. */
  public void kill() {
    up = false;
    process.close();
  }

  /** Asks it to end, and waits until it has drained. */
  public void drain() {
    up = false;
    process.terminate();
    process.awaitExit();
  }

  /** Starts it again, at another port. */
  public void start() {
    process = ServiceProcess.of(service, variables, FLAGS);
    awaitReady();
  }

  /** Starts it again, at another port, with a clock that is ahead, or behind if negative. */
  public void startAhead(Duration ahead) {
    String[] flags = Arrays.copyOf(FLAGS, FLAGS.length + 1);
    flags[FLAGS.length] = WrongClock.flag(ahead);
    process = ServiceProcess.of(service, variables, flags);
    awaitReady();
  }

  /** What it answers to a GET with a bearer's token. */
  public int status(String path, String token) {
    HttpRequest request =
        HttpRequest.newBuilder(url(path)).header("Authorization", "Bearer " + token).build();
    return process.send(request).statusCode();
  }

  public String output() {
    return process.output();
  }

  /** Used heap in bytes, garbage included. */
  public long heap() {
    return process
        .get(managementUrl("/q/metrics"))
        .body()
        .lines()
        .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  /** Resident memory in bytes. */
  public long memory() {
    return proc("status")
            .lines()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow()
        * 1024;
  }

  /** CPU time it used so far, in milliseconds. */
  public long cpuMillis() {
    String stat = proc("stat");
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 1000 / CLOCK_TICKS;
  }

  private String proc(String file) {
    try {
      return Files.readString(Path.of("/proc", "" + process.pid(), file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
