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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** A tcpdump that captures on an interface; the test is skipped where it may not. */
public final class Tcpdump implements AutoCloseable {
  private final Process process;
  private final BufferedReader printed;
  private final Path file;

  private Tcpdump(Process process, BufferedReader printed, Path file) {
    this.process = process;
    this.printed = printed;
    this.file = file;
  }

  /** Starts one that shows each packet at once, and returns when it captures. */
  public static Tcpdump start(String device, Path file, String filter) throws IOException {
    return start(device, file, filter, List.of("--immediate-mode", "-B", "65536"));
  }

  /**
   * Starts one for much traffic. It shows packets up to a second later, because each of those that
   * it shows at once takes the room of the largest in the kernel's buffer.
   */
  public static Tcpdump start(String device, Path file, String filter, int bufferMebibytes)
      throws IOException {
    return start(device, file, filter, List.of("-B", String.valueOf(bufferMebibytes << 10)));
  }

  private static Tcpdump start(String device, Path file, String filter, List<String> buffering)
      throws IOException {
    List<Object> arguments = new ArrayList<>(List.of("-i", device, "-n", "-U", "-w", file));
    arguments.addAll(buffering);
    arguments.add(filter);
    Process process = Program.start("tcpdump", arguments.toArray());
    BufferedReader printed =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    StringBuilder all = new StringBuilder();
    for (String line = printed.readLine(); line != null; line = printed.readLine()) {
      if (line.contains("listening on")) {
        return new Tcpdump(process, printed, file);
      }
      all.append(line).append('\n');
    }
    abort("tcpdump cannot capture: " + all);
    throw new IllegalStateException("abort returns never");
  }

  /** Returns what has been captured as soon as it is so. */
  public Recording await(Predicate<Recording> condition) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> Pcapng.read(file), condition);
  }

  /** Ends it, and returns what it prints then, such as how many packets the kernel has dropped. */
  public String stop() {
    // The process itself would close the stream that is read here.
    process.toHandle().destroy();
    return printed.lines().collect(Collectors.joining("\n"));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
