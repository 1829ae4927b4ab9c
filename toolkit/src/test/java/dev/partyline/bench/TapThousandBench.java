package dev.partyline.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A thousand connections through a tap at once: connects, ping-pong, and memory. */
final class TapThousandBench {
  private static final int ROUNDS = 15;
  private static final int WARM_UP_ROUNDS = 10;
  private static final int CONNECTIONS = 1_000;
  private static final long MEASUREMENT_MILLIS = 700;

  /** A small recording, so that the memory is that of the connections. */
  private static final String KEPT_BYTES = "1024";

  private TapThousandBench() {}

  public static void main(String... arguments) throws IOException {
    List<RelayUnderTest> relays = new ArrayList<>();
    try (Child endpoints = ManyConnections.start()) {
      int target = (int) endpoints.ask("port")[0];
      relays.add(RelayUnderTest.direct(target));
      TapJvm.add(relays, "tap", target, KEPT_BYTES);
      RelayUnderTest.addInstalled(relays, target);
      setUp(relays, endpoints);
      pingPong(relays);
      try (Child fresh = TapJvm.start(List.of("-Xmx96m"), target, KEPT_BYTES)) {
        memory(endpoints, fresh);
      }
    } finally {
      relays.forEach(RelayUnderTest::close);
    }
  }

  private static void setUp(List<RelayUnderTest> relays, Child endpoints) throws IOException {
    Rounds rounds =
        Rounds.run(
            relays,
            WARM_UP_ROUNDS,
            ROUNDS,
            (relay, port) -> {
              double seconds = endpoints.ask("open", port, CONNECTIONS)[0];
              endpoints.ask("close");
              relay.endMeasurement(CONNECTIONS * 2L * EndpointsJvm.MESSAGE_BYTES);
              return new double[] {seconds};
            });
    for (String name : rounds.names()) {
      System.out.printf(
          "%d connections: %-19s set up in %5.1f ms, %.2f of direct (best: %.2f)%n",
          CONNECTIONS,
          name,
          rounds.median(name, 0) * 1e3,
          rounds.ratio(name, 0),
          rounds.ratioOfBest(name, 0, Math::min));
    }
    rounds.printRatios("tap", 0);
  }

  /** All connections stay open, and take turns, so that no warm-up is measured. */
  private static void pingPong(List<RelayUnderTest> relays) throws IOException {
    Map<String, Child> clients = new HashMap<>();
    List<RelayUnderTest> openRelays = new ArrayList<>();
    try {
      for (RelayUnderTest relay : relays) {
        Child child = ManyConnections.start();
        clients.put(relay.name(), child);
        openRelays.add(new RelayUnderTest.FixedPortRelay(relay.name(), relay.open(), List.of()));
        child.ask("open", openRelays.get(openRelays.size() - 1).open(), CONNECTIONS);
      }
      print(
          Rounds.run(
              openRelays, WARM_UP_ROUNDS, ROUNDS, (relay, port) -> pingPong(clients, relay)));
      for (RelayUnderTest relay : relays) {
        relay.endMeasurement(
            CONNECTIONS * (WARM_UP_ROUNDS + ROUNDS) * 2L * EndpointsJvm.MESSAGE_BYTES);
      }
    } finally {
      clients.values().forEach(Child::close);
    }
  }

  private static double[] pingPong(Map<String, Child> clients, RelayUnderTest relay)
      throws IOException {
    return new double[] {clients.get(relay.name()).ask("pingpong", MEASUREMENT_MILLIS)[0]};
  }

  private static void print(Rounds rounds) {
    for (String name : rounds.names()) {
      System.out.printf(
          "%d connections: %-19s %7.0f round trips/s, %.2f of direct (best: %.2f)%n",
          CONNECTIONS,
          name,
          rounds.median(name, 0),
          rounds.ratio(name, 0),
          rounds.ratioOfBest(name, 0, Math::max));
    }
    rounds.printRatios("tap", 0);
  }

  /** Prints the memory of a connection in the JVM of a tap that has had one before. */
  private static void memory(Child endpoints, Child tap) throws IOException {
    int port = (int) tap.ask("open")[0];
    endpoints.ask("open", port, 1);
    double[] before = tap.ask("memory");
    endpoints.ask("open", port, CONNECTIONS);
    print("after one exchange", before, tap);
    endpoints.ask("pingpong", 200);
    print("after ping-pong", before, tap);
    endpoints.ask("close");
  }

  private static void print(String label, double[] before, Child tap) throws IOException {
    double[] now = tap.ask("memory");
    double kept = tap.ask("count")[0];
    System.out.printf(
        "memory %s: %.1f MiB resident with -Xmx96m; of a connection %.1f KiB, %.1f KiB of heap, of "
            + "them %.1f KiB of what was sent%n",
        label,
        now[0] / (1 << 20),
        (now[0] - before[0]) / CONNECTIONS / 1024,
        (now[1] - before[1]) / CONNECTIONS / 1024,
        kept / CONNECTIONS / 1024);
  }
}
