package dev.partyline.bench;

import dev.partyline.loopback.Listener;
import dev.partyline.loopback.ListenerSpec;
import dev.partyline.tls.Tls;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes a second through a tap that decrypts TLS, compared with a relay of blocking SSLSockets; how
 * long it takes to open a listener with TLS.
 */
final class TlsBench {
  private static final int ROUNDS = 5;
  private static final int WARM_UP_ROUNDS = 2;
  private static final int OPENINGS = 1_000;

  private TlsBench() {}

  /** Runs with the MiB of a measurement, by default 1,024. */
  public static void main(String... arguments) throws IOException {
    openings();
    long bytes = (arguments.length == 0 ? 1024 : Long.parseLong(arguments[0])) << 20;
    List<Child> others = new ArrayList<>();
    try (Child endpoints = Child.start(TlsJvm.class, "ends")) {
      int target = (int) endpoints.ask("port")[0];
      List<RelayUnderTest> relays = new ArrayList<>();
      for (String kind : List.of("relay", "tap")) {
        Child child = Child.start(TlsJvm.class, kind, String.valueOf(target));
        others.add(child);
        relays.add(new RelayUnderTest.FixedPortRelay(kind, (int) child.ask("port")[0], List.of()));
      }
      relays.add(RelayUnderTest.direct(target));
      Rounds rounds =
          Rounds.run(
              relays,
              WARM_UP_ROUNDS,
              ROUNDS,
              (relay, port) -> new double[] {bytes / endpoints.ask("send", port, bytes)[0]});
      for (String name : rounds.names()) {
        System.out.printf(
            "%-10s %6.0f MB/s, %.2f of the relay of SSLSockets (best: %.2f)%n",
            name,
            rounds.median(name, 0) / 1e6,
            rounds.ratio(name, 0),
            rounds.ratioOfBest(name, 0, Math::max));
      }
    } finally {
      others.forEach(Child::close);
    }
  }

  private static void openings() {
    ListenerSpec plain = Listener.playing("C: hello");
    plain.start().close();
    List<Double> micros = new ArrayList<>();
    for (int i = 0; i <= OPENINGS; i++) {
      long start = System.nanoTime();
      Listener opened = plain.tls(Tls.standard()).start();
      micros.add((System.nanoTime() - start) / 1e3);
      opened.close();
    }
    System.out.printf(
        "a listener with TLS opens within %.1f ms the first time in the JVM, then in %.3f ms%n",
        micros.get(0) / 1e3, Figures.median(micros.subList(1, micros.size())) / 1e3);
  }
}
