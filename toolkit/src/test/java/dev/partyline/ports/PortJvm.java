package dev.partyline.ports;

import dev.partyline.wire.LoopbackException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Another JVM, which leases a port and keeps it until it is closed or killed. */
final class PortJvm implements AutoCloseable {
  private final Process process;
  private final String answer;

  private PortJvm(Process process, String answer) {
    this.process = process;
    this.answer = answer;
  }

  /** Starts one that leases one of these ports, such as {@code 20000-29999}. */
  static PortJvm leasing(String range) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-D" + PortRange.PROPERTY + "=" + range,
                "-cp",
                System.getProperty("java.class.path"),
                PortJvm.class.getName())
            .redirectErrorStream(true)
            .start();
    BufferedReader printed = process.inputReader(StandardCharsets.UTF_8);
    return new PortJvm(process, String.valueOf(printed.readLine()));
  }

  /** Returns the port that it has leased, or why it could not. */
  String answer() {
    return answer;
  }

  /** Kills it, which leaves it no time to clean up. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  public static void main(String[] arguments) throws IOException {
    try (PortLease lease = Ports.reserve()) {
      System.out.println(lease.port());
      while (System.in.read() >= 0) {}
    } catch (LoopbackException e) {
      System.out.println(e.getMessage());
    }
  }
}
