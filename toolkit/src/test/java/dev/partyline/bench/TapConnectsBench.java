package dev.partyline.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Connects through a tap, exchanges 64 bytes and closes, again and again. */
final class TapConnectsBench {
  private static final int ROUNDS = 41;
  private static final int WARM_UP_ROUNDS = 15;
  private static final int CONNECTS = 1_000;

  private TapConnectsBench() {}

  public static void main(String... arguments) throws IOException {
    List<RelayUnderTest> relays = new ArrayList<>();
    try (Child endpoints = EndpointsJvm.start(false)) {
      int target = (int) endpoints.ask("port")[0];
      relays.add(RelayUnderTest.direct(target));
      TapJvm.add(relays, "tap", target, "/dev/shm");
      RelayUnderTest.addInstalled(relays, target);
      Rounds rounds =
          Rounds.run(
              relays,
              WARM_UP_ROUNDS,
              ROUNDS,
              (relay, port) -> {
                double[] rate = endpoints.ask("connects", port, CONNECTS);
                relay.endMeasurement(2L * CONNECTS * EndpointsJvm.MESSAGE_BYTES);
                return rate;
              });
      for (String name : rounds.names()) {
        System.out.printf(
            "connect, exchange, close: %-20s %6.0f a second, %.2f of direct (best: %.2f)%n",
            name,
            rounds.median(name, 0),
            rounds.ratio(name, 0),
            rounds.ratioOfBest(name, 0, Math::max));
      }
      rounds.printRatios("tap", 0);
    } finally {
      relays.forEach(RelayUnderTest::close);
    }
  }
}
