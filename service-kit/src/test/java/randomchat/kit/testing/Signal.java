package randomchat.kit.testing;

import java.io.IOException;
import java.io.UncheckedIOException;

/** What a process is told by {@code kill}. */
enum Signal {
  STOP,
  CONT;

  void send(Process process) {
    try {
      new ProcessBuilder("kill", "-" + this, String.valueOf(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
