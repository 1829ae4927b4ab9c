package dev.partyline.junit5.hunt;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.partyline.junit5.InEveryWeather;
import dev.partyline.junit5.ScriptedListener;
import dev.partyline.junit5.TestRun;
import dev.partyline.loopback.Listener;
import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import org.junit.jupiter.api.RepeatedTest;

/**
 * What a run under a condition adds to the time of a test that asks once, where the weather does
 * not wait. A slice waits until it was read, so runs with slices have a figure of their own.
 *
 * <p>Run it with the number of rounds, 100 by default.
 */
public final class MenuBench {
  private static final int WARM_UP = 50;
  private static final int RUNS = 10;

  private MenuBench() {}

  /** Runs the bench and prints the result. */
  public static void main(String[] args) {
    int rounds = args.length == 0 ? 100 : Integer.parseInt(args[0]);
    double[] plain = new double[rounds];
    double[] weather = new double[rounds];
    double[] slices = new double[rounds];
    for (int round = -WARM_UP; round < rounds; round++) {
      double time = millisPerRun(Plain.class);
      double inWeather = millisPerRun(Weather.class) - time;
      double inSlices = millisPerRun(Slices.class) - time;
      if (round >= 0) {
        plain[round] = time;
        weather[round] = inWeather;
        slices[round] = inSlices;
      }
    }
    System.out.printf("plain, as a repeated test: %.2f ms a run%n", median(plain));
    System.out.printf("weather that does not wait adds %.2f ms%n", median(weather));
    System.out.printf("one slice of each side adds %.2f ms%n", median(slices));
  }

  private static double millisPerRun(Class<?> test) {
    long start = System.nanoTime();
    TestRun run = TestRun.of(test);
    double millis = (System.nanoTime() - start) / 1e6;
    long runs =
        run.finishedEvents().stream().filter(each -> each.getTestDescriptor().isTest()).count();
    if (!run.failures().isEmpty() || runs < RUNS) {
      throw new IllegalStateException(runs + " runs, " + run.failures());
    }
    return millis / runs;
  }

  private static double median(double[] figures) {
    double[] sorted = figures.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** A client that asks once. */
  abstract static class Asking {
    @ScriptedListener("C: PING\nS: PONG")
    private Listener server;

    void ask() throws IOException {
      try (Socket socket = new Socket(server.host(), server.port())) {
        socket.getOutputStream().write("PING\r\n".getBytes(US_ASCII));
        String answer = new String(socket.getInputStream().readNBytes(6), US_ASCII);
        if (!answer.equals("PONG\r\n")) {
          throw new IllegalStateException("the answer is " + answer);
        }
      }
    }
  }

  static class Plain extends Asking {
    @RepeatedTest(RUNS)
    void asks() throws IOException {
      ask();
    }
  }

  static class Weather extends Asking {
    private static final String DELAY = "delay 1ns";
    private static final String LIMIT = "limit 1KiB";
    private static final String CUT = "cut after 1KiB";
    private static final String CORRUPT = "corrupt 0.0001%";
    private static final String STALL = "stall 1ns";

    @InEveryWeather(
        more = {DELAY, LIMIT, CUT, CORRUPT, STALL, DELAY, LIMIT, CUT, CORRUPT, STALL},
        only = {DELAY, LIMIT, CUT, CORRUPT, STALL})
    void asks() throws IOException {
      ask();
    }
  }

  static class Slices extends Asking {
    private static final String SLICE = "slice at 3";

    @InEveryWeather(
        more = {SLICE, SLICE, SLICE, SLICE, SLICE, SLICE, SLICE, SLICE, SLICE},
        only = SLICE)
    void asks() throws IOException {
      ask();
    }
  }
}
