package dev.partyline.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A thousand connections through a tap at once: setting them up, ping-pong, and memory. */
final class TapThousandBench {
  private static final int ROUNDS = 15;
  private static final int WARMING = 10;
  private static final int CONNECTIONS = 1_000;
  private static final long MILLIS = 700;

  /** Little, so that the memory is that of the connections. */
  private static final String KEPT = "1024";

  private TapThousandBench() {}

  public static void main(String... arguments) throws IOException {
    List<RelayUnderTest> relays = new ArrayList<>();
    try (Child crowd = ManyConnections.start()) {
      int target = (int) crowd.ask("port")[0];
      relays.add(RelayUnderTest.direct(target));
      relays.add(RelayUnderTest.inJvm("tap", TapJvm.start(List.of(), target, KEPT)));
      RelayUnderTest.addInstalled(relays, List.of(), target);
      setUp(relays, crowd);
      talk(relays);
      try (Child fresh = TapJvm.start(List.of(), target, KEPT)) {
        memory(crowd, fresh);
      }
    } finally {
      relays.forEach(RelayUnderTest::close);
    }
  }

  private static void setUp(List<RelayUnderTest> relays, Child crowd) throws IOException {
    Rounds rounds =
        Rounds.run(
            relays,
            WARMING,
            ROUNDS,
            (relay, port) -> {
              double seconds = crowd.ask("open", port, CONNECTIONS)[0];
              crowd.ask("close");
              relay.finish(CONNECTIONS * 2L * EndpointsJvm.MESSAGE);
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
  }

  /** All connections stay open, and take turns: what is measured is no warming up. */
  private static void talk(List<RelayUnderTest> relays) throws IOException {
    Map<String, Child> callers = new HashMap<>();
    List<RelayUnderTest> standing = new ArrayList<>();
    try {
      for (RelayUnderTest relay : relays) {
        Child own = ManyConnections.start();
        callers.put(relay.name(), own);
        standing.add(new RelayUnderTest.Standing(relay.name(), relay.open(), List.of()));
        own.ask("open", standing.get(standing.size() - 1).open(), CONNECTIONS);
      }
      print(Rounds.run(standing, WARMING, ROUNDS, (relay, port) -> talk(callers, relay)));
      for (RelayUnderTest relay : relays) {
        relay.finish(CONNECTIONS * (WARMING + ROUNDS) * 2L * EndpointsJvm.MESSAGE);
      }
    } finally {
      callers.values().forEach(Child::close);
    }
  }

  private static double[] talk(Map<String, Child> callers, RelayUnderTest relay)
      throws IOException {
    return new double[] {callers.get(relay.name()).ask("talk", MILLIS)[0]};
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
    rounds.besideHaproxy("tap", 0);
  }

  /** Prints what a connection costs the JVM of a tap that has had one before. */
  private static void memory(Child crowd, Child tap) throws IOException {
    int port = (int) tap.ask("open")[0];
    crowd.ask("open", port, 1);
    double[] before = tap.ask("memory");
    crowd.ask("open", port, CONNECTIONS);
    print("after one exchange", before, tap);
    crowd.ask("talk", 200);
    print("after ping-pong", before, tap);
    crowd.ask("close");
  }

  private static void print(String when, double[] before, Child tap) throws IOException {
    double[] now = tap.ask("memory");
    double kept = tap.ask("count")[0];
    System.out.printf(
        "memory of a connection %s: %.1f KiB resident, %.1f KiB of heap, of them %.1f KiB of what "
            + "was said%n",
        when,
        (now[0] - before[0]) / CONNECTIONS / 1024,
        (now[1] - before[1]) / CONNECTIONS / 1024,
        kept / CONNECTIONS / 1024);
  }
}
