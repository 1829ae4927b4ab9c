package dev.partyline.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Bytes a second through a tap on one and on four connections. */
final class TapThroughputBench {
  private static final int ROUNDS = 5;
  private static final int WARM_UP_ROUNDS = 1;

  private TapThroughputBench() {}

  /**
   * Runs with the MiB of a measurement, by default 4,096, and the KiB of head and of tail, by
   * default 64; with {@code netcrusher} after them NetCrusher takes part, which now and then stops
   * in the middle of a transfer, so that the bench does not end.
   */
  public static void main(String... arguments) throws IOException {
    long bytes = (arguments.length == 0 ? 4096 : Long.parseLong(arguments[0])) << 20;
    long kept = (arguments.length < 2 ? 64 : Long.parseLong(arguments[1])) << 10;
    List<RelayUnderTest> relays = new ArrayList<>();
    try (Child endpoints = EndpointsJvm.start(true)) {
      int target = (int) endpoints.ask("port")[0];
      relays.add(RelayUnderTest.direct(target));
      String disk = System.getProperty("java.io.tmpdir");
      TapJvm.add(relays, "tap, head and tail", target, String.valueOf(kept));
      TapJvm.add(relays, "tap, /dev/shm", target, "/dev/shm");
      TapJvm.add(relays, "tap, " + disk, target, disk);
      if (arguments.length > 2 && arguments[2].equals("netcrusher")) {
        relays.add(RelayUnderTest.inJvm("NetCrusher", NetCrusherJvm.start(target)));
      }
      relays.add(RelayUnderTest.inJvm("bare relay", BareRelayJvm.start(target)));
      relays.add(
          RelayUnderTest.inJvm("bare relay, /dev/shm", BareRelayJvm.start(target, "/dev/shm")));
      RelayUnderTest.addInstalled(relays, target);
      for (int connections : List.of(1, 4)) {
        print(connections, run(relays, endpoints, connections, bytes));
      }
    } finally {
      relays.forEach(RelayUnderTest::close);
    }
  }

  private static Rounds run(
      List<RelayUnderTest> relays, Child endpoints, int connections, long bytes)
      throws IOException {
    return Rounds.run(
        relays,
        WARM_UP_ROUNDS,
        ROUNDS,
        (relay, port) -> {
          double seconds = endpoints.ask("stream", port, connections, bytes / connections)[0];
          relay.endMeasurement(bytes);
          return new double[] {bytes / seconds};
        });
  }

  private static void print(int connections, Rounds rounds) {
    for (String name : rounds.names()) {
      System.out.printf(
          "%d connections: %-20s %6.0f MB/s, %.2f of direct (best: %.2f)%n",
          connections,
          name,
          rounds.median(name, 0) / 1e6,
          rounds.ratio(name, 0),
          rounds.ratioOfBest(name, 0, Math::max));
    }
    rounds.printRatios("tap, head and tail", 0);
  }
}
