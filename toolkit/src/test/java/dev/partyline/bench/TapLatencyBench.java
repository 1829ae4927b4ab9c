package dev.partyline.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Round trips of 64 bytes through a tap, with everything on one core. */
final class TapLatencyBench {
  private static final int ROUNDS = 15;
  private static final int WARM_UP_ROUNDS = 4;
  private static final int TRIPS = 10_000;

  private TapLatencyBench() {}

  public static void main(String... arguments) throws IOException {
    List<String> core =
        RelayUnderTest.isInstalled("taskset") ? List.of("taskset", "-c", "0") : List.of();
    List<RelayUnderTest> relays = new ArrayList<>();
    try (Child endpoints = EndpointsJvm.start(core, false)) {
      int target = (int) endpoints.ask("port")[0];
      relays.add(RelayUnderTest.direct(target));
      relays.add(RelayUnderTest.inJvm("tap", TapJvm.start(core, target, "/dev/shm")));
      RelayUnderTest.addInstalled(relays, core, target);
      print(
          Rounds.run(
              relays,
              WARM_UP_ROUNDS,
              ROUNDS,
              (relay, port) -> {
                double[] trips = endpoints.ask("trips", port, TRIPS);
                relay.endMeasurement(2L * TRIPS * EndpointsJvm.MESSAGE_BYTES);
                return trips;
              }));
    } finally {
      relays.forEach(RelayUnderTest::close);
    }
  }

  private static void print(Rounds rounds) {
    for (String name : rounds.names()) {
      System.out.printf(
          "round trip: %-20s p50 %6.1f us, %.2f of direct (best: %.2f); p99 %6.1f us, %.2f of "
              + "direct (best: %.2f)%n",
          name,
          rounds.median(name, 0),
          rounds.ratio(name, 0),
          rounds.ratioOfBest(name, 0, Math::min),
          rounds.median(name, 1),
          rounds.ratio(name, 1),
          rounds.ratioOfBest(name, 1, Math::min));
    }
    rounds.printRatioToHaproxy("tap", 0);
    rounds.printRatioToHaproxy("tap", 1);
  }
}
