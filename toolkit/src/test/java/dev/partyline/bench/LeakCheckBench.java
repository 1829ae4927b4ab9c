package dev.partyline.bench;

import dev.partyline.netstat.OpenSockets;
import dev.partyline.ports.OpenResource;
import java.io.Closeable;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * How long it takes to check that a test has left no socket open, with 200 that were open before.
 *
 * <p>Run it with the number of sockets, 200 by default.
 */
public final class LeakCheckBench {
  private static final int WARM_UP = 2_000;
  private static final int ROUNDS = 2_001;

  private LeakCheckBench() {}

  /** Runs the bench and prints the result. */
  public static void main(String[] args) throws Exception {
    int sockets = args.length == 0 ? 200 : Integer.parseInt(args[0]);
    List<Closeable> open = new ArrayList<>();
    try (ServerSocket listener = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < sockets / 2; i++) {
        open.add(new Socket(listener.getInetAddress(), listener.getLocalPort()));
        open.add(listener.accept());
      }
      List<Double> millis = new ArrayList<>();
      for (int round = -WARM_UP; round < ROUNDS; round++) {
        OpenSockets before = OpenSockets.snapshot();
        double check = check(before);
        if (round >= 0) {
          millis.add(check);
        }
      }
      PrintStream out = System.out;
      out.printf(
          "%d sockets, the check after a test: median %.3f ms, a quarter below %.3f ms%n",
          sockets, Figures.median(millis), Figures.lowerQuartile(millis));
    } finally {
      for (Closeable each : open) {
        each.close();
      }
    }
  }

  private static double check(OpenSockets before) {
    long start = System.nanoTime();
    boolean clean =
        OpenSockets.snapshot().since(before).isEmpty() && OpenResource.snapshot().isEmpty();
    double millis = (System.nanoTime() - start) / 1e6;
    if (!clean) {
      throw new IllegalStateException("something else opens sockets in this JVM");
    }
    return millis;
  }
}
