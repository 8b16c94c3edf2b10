package randomchat.e2e.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A part that is a container; its ports are the ones it always has, on an address of its own. */
final class ContainerPart extends Part {

  private static final Map<String, Integer> PORTS =
      Map.of(
          "chat",
          5001,
          "match",
          5002,
          "uploader",
          5003,
          "user",
          5004,
          "redis",
          6379,
          "store",
          9000);

  private final String id;

  /**
   * @param name of a service of Compose, with the number of the replica if it has several
   */
  ContainerPart(RandomChat system, String name) {
    super(system, name);
    int number = name.contains("-") ? Integer.parseInt(name.split("-")[1]) : 1;
    id =
        system
            .script()
            .done("compose", "ps", "--format", "{{.Name}}", service())
            .lines()
            .sorted()
            .skip(number - 1)
            .findFirst()
            .orElseThrow();
  }

  private String service() {
    return name().split("-")[0];
  }

  @Override
  public String host() {
    String format = "{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}";
    return docker("inspect", "-f", format, id).split(" ")[0];
  }

  @Override
  public int port() {
    return PORTS.get(service());
  }

  @Override
  public int managementPort() {
    return port() + 1000;
  }

  @Override
  public long pid() {
    return Long.parseLong(docker("inspect", "-f", "{{.State.Pid}}", id));
  }

  @Override
  public void freeze() {
    docker("pause", id);
  }

  @Override
  public void thaw() {
    docker("unpause", id);
  }

  @Override
  public void kill() {
    docker("kill", id);
    awaitEnd();
  }

  @Override
  public void terminate() {
    Thread.ofVirtual().start(() -> docker("stop", id));
  }

  @Override
  public void awaitEnd() {
    Eventually.is(
        name() + " has ended",
        () -> docker("inspect", "-f", "{{.State.Running}}", id).equals("false"));
  }

  @Override
  public void revive() {
    docker("start", id);
    awaitReady();
  }

  private static String docker(String... arguments) {
    List<String> command = new ArrayList<>(List.of("docker"));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError(command + ": " + text);
      }
      return text.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
