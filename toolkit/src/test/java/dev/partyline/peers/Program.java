package dev.partyline.peers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real program of this machine, such as curl, that takes part in a test.
 *
 * <p>Where it is not installed the test is skipped, and fails with -Dpartyline.require=all.
 */
public final class Program {
  /** The exit value after SIGKILL. */
  private static final int KILLED = 137;

  private static final int MAX_SECONDS = 60;

  /** They make curl use a proxy, and a JVM print more than it should. */
  private static final Set<String> REMOVED_VARIABLES =
      Set.of(
          "http_proxy",
          "https_proxy",
          "HTTPS_PROXY",
          "all_proxy",
          "ALL_PROXY",
          "JAVA_TOOL_OPTIONS",
          "JDK_JAVA_OPTIONS",
          "_JAVA_OPTIONS");

  private Program() {}

  /**
   * Runs a program to its end with an input, and returns everything that it printed. It may end, or
   * close its input, before it has read everything.
   */
  public static String run(String typed, String name, Object... arguments) {
    Process process = start(name, arguments);
    boolean allRead = type(typed, process);
    String printed = output(process, name);
    return allRead ? printed : printed + name + " did not read all that was typed\n";
  }

  private static boolean type(String typed, Process process) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(typed.getBytes(UTF_8));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Starts a program; the caller has its standard input and output. */
  public static Process start(String name, Object... arguments) {
    require(name);
    List<String> command = new ArrayList<>(List.of(name));
    Stream.of(arguments).map(String::valueOf).forEach(command::add);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeAll(REMOVED_VARIABLES);
    builder.environment().put("LC_ALL", "C.UTF-8");
    try {
      return builder.start();
    } catch (IOException e) {
      throw new IllegalStateException(name + " cannot be started", e);
    }
  }

  /** Returns everything that a program printed, when it has ended; kills it if it does not end. */
  public static String output(Process process, String name) {
    Thread limit = new Thread(() -> limit(process), "limit of " + name);
    limit.setDaemon(true);
    limit.start();
    try {
      String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() == KILLED) {
        fail(name + " did not end by itself; it printed: " + printed);
      }
      return printed;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(name + " was interrupted", e);
    }
  }

  private static void limit(Process process) {
    try {
      if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("must not be interrupted", e);
    }
  }

  private static void require(String name) {
    boolean installed =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(folder -> new File(folder, name).canExecute());
    if (!installed && System.getProperty("partyline.require", "").equals("all")) {
      fail(name + " is not installed, and -Dpartyline.require=all asks for it");
    } else if (!installed) {
      abort(name + " is not installed: this recipe is skipped");
    }
  }
}
