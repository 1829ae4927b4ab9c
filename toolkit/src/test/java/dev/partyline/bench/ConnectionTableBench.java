package dev.partyline.bench;

import dev.partyline.netstat.ConnectionTable;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * How long it takes to list all sockets of the machine, 2,000 of which are ours, compared with
 * {@code ss -tuanH}, and to print them with owners, compared with {@code ss -tuanpeH}.
 *
 * <p>Run it with the number of sockets, 2,000 by default.
 */
public final class ConnectionTableBench {
  private static final int WARM_UP = 40;
  private static final int ROUNDS = 101;

  private ConnectionTableBench() {}

  /** Runs the bench and prints the result. */
  public static void main(String[] args) throws Exception {
    int sockets = args.length == 0 ? 2_000 : Integer.parseInt(args[0]);
    List<Closeable> open = new ArrayList<>();
    try (ServerSocket listener = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < sockets / 2; i++) {
        open.add(new Socket(listener.getInetAddress(), listener.getLocalPort()));
        open.add(listener.accept());
      }
      PrintStream out = System.out;
      out.printf(
          "%d sockets, %d rows, medians of %d rounds in milliseconds%n",
          sockets, ConnectionTable.snapshot().rows().size(), ROUNDS);
      compare("snapshot()", ConnectionTable::snapshot, "ss", "-tuanH");
      compare("ofThisJvm()", () -> ConnectionTable.snapshot().ofThisJvm(), "ss", "-tuanpeH");
      compare("toString()", () -> ConnectionTable.snapshot().toString(), "ss", "-tuanpeH");
    } finally {
      for (Closeable each : open) {
        each.close();
      }
    }
  }

  private static void compare(String name, Callable<?> ours, String... command) throws Exception {
    List<Double> ourTimes = new ArrayList<>();
    List<Double> commandTimes = new ArrayList<>();
    boolean installed = isInstalled(command);
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      double ourTime = time(ours);
      double commandTime = installed ? time(() -> run(command)) : 0;
      if (round >= 0) {
        ourTimes.add(ourTime);
        commandTimes.add(commandTime);
      }
    }
    System.out.printf("  %-16s %8.2f%n", name, Figures.median(ourTimes));
    if (installed) {
      System.out.printf("  %-16s %8.2f%n", String.join(" ", command), Figures.median(commandTimes));
    }
  }

  private static double time(Callable<?> work) throws Exception {
    long start = System.nanoTime();
    work.call();
    return (System.nanoTime() - start) / 1e6;
  }

  private static int run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    return process.waitFor();
  }

  private static boolean isInstalled(String... command) throws InterruptedException {
    try {
      run(command);
      return true;
    } catch (IOException e) {
      System.out.println("  " + command[0] + " is not installed");
      return false;
    }
  }
}
