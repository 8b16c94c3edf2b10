package randomchat.e2e.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A part that is a process; its record is kept true, so that run.sh still knows it. */
final class ProcessPart extends Part {

  private final Path record;
  private List<String> command;
  private Map<String, String> environment;
  private Path folder;

  ProcessPart(RandomChat system, String name) {
    super(system, name);
    this.record = system.runDir().resolve("processes").resolve(name);
  }

  @Override
  public String host() {
    return "127.0.0.1";
  }

  @Override
  public long pid() {
    return Long.parseLong(field(0));
  }

  @Override
  public int port() {
    return Integer.parseInt(field(3));
  }

  @Override
  public int managementPort() {
    return Integer.parseInt(field(4));
  }

  @Override
  public void freeze() {
    signal("STOP");
  }

  @Override
  public void thaw() {
    signal("CONT");
  }

  @Override
  public void kill() {
    remember();
    signal("KILL");
    awaitEnd();
  }

  @Override
  public void terminate() {
    remember();
    signal("TERM");
  }

  @Override
  public void awaitEnd() {
    long pid = pid();
    Eventually.is(name() + " has ended", () -> birth(pid) == null);
  }

  @Override
  public void revive() {
    try {
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      builder
          .redirectErrorStream(true)
          .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
          .redirectOutput(Redirect.appendTo(system().log(name()).toFile()));
      long pid = builder.start().pid();
      String[] old = Files.readString(record).strip().split(" ");
      Files.writeString(
          record, String.join(" ", "" + pid, birth(pid), old[2], old[3], old[4]) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaitReady();
  }

  private void remember() {
    if (name().equals("redis")) { // it writes its title over all that /proc would tell
      command = List.of("redis-server", system().runDir().resolve("redis.conf").toString());
      environment = Map.of("PATH", System.getenv("PATH"));
      folder = system().runDir();
      return;
    }
    Path process = Path.of("/proc", "" + pid());
    command = lines(process.resolve("cmdline")).toList();
    environment =
        lines(process.resolve("environ"))
            .map(line -> line.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    try {
      folder = process.resolve("cwd").toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void signal(String signal) {
    try {
      int status = new ProcessBuilder("kill", "-" + signal, "" + pid()).start().waitFor();
      if (status != 0) {
        throw new AssertionError(name() + " is not there to get a " + signal);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String field(int index) {
    try {
      return Files.readString(record).strip().split(" ")[index];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** When the kernel says that the process was born; null if it is no more. */
  private static String birth(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", "" + pid, "stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return fields[0].equals("Z") || fields[0].equals("X") ? null : fields[19];
    } catch (IOException gone) {
      return null;
    }
  }

  private static Stream<String> lines(Path file) {
    try {
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      return Stream.of(text.split("\0")).filter(line -> !line.isEmpty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
