package dev.partyline.bench;

import dev.partyline.loopback.Listener;
import dev.partyline.script.Script;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * How long it takes to open and close a listener, compared with bind and close of a bare channel,
 * and whether that leaves anything behind.
 *
 * <p>Run it with the number of cycles, 10,000 by default.
 */
public final class OpenCloseBench {
  private static final int WARM_UP = 2_000;

  private OpenCloseBench() {}

  /** Runs the bench and prints the result. */
  public static void main(String[] args) throws Exception {
    int cycles = args.length == 0 ? 10_000 : Integer.parseInt(args[0]);
    Script script = Script.parse("C: PING\nS: +PONG\n");
    InetSocketAddress any = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
    Cycle ours = () -> Listener.playing(script).start().close();
    Cycle bare = () -> ServerSocketChannel.open().bind(any, 1024).close();
    measure(ours, WARM_UP);
    measure(bare, WARM_UP);
    int threads = Thread.activeCount();
    long descriptors = descriptors();
    long[] listenerNanos = measure(ours, cycles);
    long[] bareNanos = measure(bare, cycles);
    PrintStream out = System.out;
    out.printf("%d cycles, in microseconds: median, 99th percentile%n", cycles);
    out.printf(
        "  listener      %8.1f %8.1f%n",
        percentile(listenerNanos, 0.5), percentile(listenerNanos, 0.99));
    out.printf(
        "  bare channel  %8.1f %8.1f%n", percentile(bareNanos, 0.5), percentile(bareNanos, 0.99));
    out.printf("threads      before %d, after %d%n", threads, Thread.activeCount());
    out.printf("descriptors  before %d, after %d%n", descriptors, descriptors());
  }

  private static long[] measure(Cycle cycle, int times) throws IOException {
    long[] nanos = new long[times];
    for (int i = 0; i < times; i++) {
      long start = System.nanoTime();
      cycle.run();
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return nanos;
  }

  private static double percentile(long[] sorted, double share) {
    return sorted[(int) (sorted.length * share)] / 1_000.0;
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }

  /** Opens and closes once. */
  @FunctionalInterface
  private interface Cycle {
    void run() throws IOException;
  }
}
