package dev.partyline.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.partyline.peers.Program;
import dev.partyline.wire.Recording;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A tcpdump that captures on an interface; the test is skipped where it may not. */
final class Tcpdump implements AutoCloseable {
  private final Process process;
  private final Path file;

  private Tcpdump(Process process, Path file) {
    this.process = process;
    this.file = file;
  }

  /** Starts it, and returns when it captures. */
  static Tcpdump start(String device, Path file, String filter) throws IOException {
    Process process =
        Program.start(
            "tcpdump",
            "-i",
            device,
            "-n",
            "-U",
            "--immediate-mode",
            "-B",
            "65536",
            "-w",
            file,
            filter);
    BufferedReader printed =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    StringBuilder all = new StringBuilder();
    for (String line = printed.readLine(); line != null; line = printed.readLine()) {
      if (line.contains("listening on")) {
        return new Tcpdump(process, file);
      }
      all.append(line).append('\n');
    }
    abort("tcpdump cannot capture: " + all);
    throw new IllegalStateException("abort returns never");
  }

  /** Returns what has been captured as soon as it is so. */
  Recording await(Predicate<Recording> condition) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> Pcapng.read(file), condition);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
