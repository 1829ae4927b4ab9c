package dev.partyline.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Round trips of 64 bytes through a tap, with everything on one processor: with more of them the
 * scheduler decides. Threads are pinned after the start, so that each JVM is set up as usual.
 */
final class TapLatencyBench {
  private static final int ROUNDS = 15;
  private static final int WARM_UP_ROUNDS = 4;
  private static final int TRIPS = 10_000;

  private TapLatencyBench() {}

  /** Runs on one processor, or with {@code free} on all of them. */
  public static void main(String... arguments) throws IOException {
    boolean pinned = arguments.length == 0 && RelayUnderTest.isInstalled("taskset");
    List<RelayUnderTest> relays = new ArrayList<>();
    try (Child endpoints = EndpointsJvm.start(false)) {
      int target = (int) endpoints.ask("port")[0];
      relays.add(RelayUnderTest.direct(target));
      TapJvm.add(relays, "tap", target, "/dev/shm");
      relays.add(RelayUnderTest.inJvm("bare selector", SelectorRelayJvm.start(target)));
      RelayUnderTest.addInstalled(relays, target);
      if (pinned) {
        Processor.pin(endpoints.pid());
        for (RelayUnderTest relay : relays) {
          relay.pin();
        }
      }
      print(
          Rounds.run(
              relays, WARM_UP_ROUNDS, ROUNDS, (relay, port) -> measure(endpoints, relay, port)));
    } finally {
      relays.forEach(RelayUnderTest::close);
    }
  }

  /** Returns the median and the 99th percentile of a trip, and the processor time of the relay. */
  private static double[] measure(Child endpoints, RelayUnderTest relay, int port)
      throws IOException {
    long before = relay.processorNanos();
    double[] trips = endpoints.ask("trips", port, TRIPS);
    double processorMicros = (relay.processorNanos() - before) / 1e3 / TRIPS;
    relay.endMeasurement(2L * TRIPS * EndpointsJvm.MESSAGE_BYTES);
    return new double[] {trips[0], trips[1], processorMicros};
  }

  private static void print(Rounds rounds) {
    for (String name : rounds.names()) {
      System.out.printf(
          "round trip: %-20s p50 %6.1f us, %.2f of direct (best: %.2f); p99 %6.1f us, %.2f of "
              + "direct (best: %.2f); processor %.1f us%n",
          name,
          rounds.median(name, 0),
          rounds.ratio(name, 0),
          rounds.ratioOfBest(name, 0, Math::min),
          rounds.median(name, 1),
          rounds.ratio(name, 1),
          rounds.ratioOfBest(name, 1, Math::min),
          rounds.median(name, 2));
    }
    List<String> figures = List.of("p50", "p99", "processor time");
    for (int i = 0; i < figures.size(); i++) {
      System.out.println(figures.get(i));
      rounds.printRatios("tap", i);
    }
  }
}
