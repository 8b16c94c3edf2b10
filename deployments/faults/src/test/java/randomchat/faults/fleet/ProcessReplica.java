package randomchat.faults.fleet;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import randomchat.kit.testing.ServiceProcess;

/** One process of a service. */
public final class ProcessReplica extends Replica {

  /** Short runs are over before the second compiler pays. */
  private static final int COMPILER = Integer.getInteger("faults.minutes", 0) > 0 ? 4 : 1;

  private static final String[] FLAGS = {
    "-XX:+UseSerialGC", "-Xmn16m", "-Xmx256m", "-XX:TieredStopAtLevel=" + COMPILER
  };

  private final String service;
  private final Map<String, String> variables;
  private volatile ServiceProcess process;

  ProcessReplica(String service, Map<String, String> variables) {
    this.service = service;
    this.variables = variables;
    process = ServiceProcess.of(service, variables, FLAGS);
  }

  @Override
  void awaitProcess() {
    process.awaitReady();
  }

  @Override
  long pid() {
    return process.pid();
  }

  @Override
  public URI url(String path) {
    return process.url(path);
  }

  @Override
  void end() {
    process.close();
  }

  @Override
  void endInPeace() {
    process.terminate();
    process.awaitExit();
  }

  @Override
  void startAgain() {
    process = ServiceProcess.of(service, variables, FLAGS);
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

  /** Used heap in bytes, garbage included. */
  public long heap() {
    return process
        .get(process.managementUrl("/q/metrics"))
        .body()
        .lines()
        .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  /** What it has written so far. */
  public String output() {
    return process.output();
  }
}
