package dev.partyline.bench;

import dev.partyline.ports.PortLease;
import dev.partyline.ports.Ports;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How often another socket gets a port before the intended server binds it, if the port is leased,
 * and if it was found by binding port 0 and closing; and how long a lease takes.
 *
 * <p>Run it with the number of ports, 20,000 by default.
 */
final class PortsBench {
  private static final int JVMS = 4;
  private static final int WARM_UP = 5_000;
  private static final int IDLE_LEASES = 10_000;

  private PortsBench() {}

  public static void main(String... arguments) throws Exception {
    int ports = arguments.length == 0 ? 20_000 : Integer.parseInt(arguments[0]);
    System.out.println(Ports.mechanism());
    System.out.printf("a lease, with nothing else to do: median %.0f us%n", idleLeaseMicros());
    List<Child> jvms = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(JVMS);
    try (PortsTraffic traffic = PortsTraffic.start()) {
      for (int i = 0; i < JVMS; i++) {
        jvms.add(Child.start(PortsJvm.class));
      }
      for (String transport : List.of("tcp", "udp")) {
        for (String way : List.of(PortsJvm.LEASE, PortsJvm.FIND)) {
          String rates = measure(jvms, threads, ports / JVMS, way, transport);
          System.out.printf("%s %s: %s; beside it %s%n", way, transport, rates, traffic.rates());
        }
      }
    } finally {
      jvms.forEach(Child::close);
      threads.shutdownNow();
    }
  }

  private static double idleLeaseMicros() {
    List<Double> micros = new ArrayList<>();
    for (int i = -WARM_UP; i < IDLE_LEASES; i++) {
      long start = System.nanoTime();
      try (PortLease lease = Ports.reserve()) {
        if (i >= 0 && lease.isOpen()) {
          micros.add((System.nanoTime() - start) / 1e3);
        }
      }
    }
    return Figures.median(micros);
  }

  private static String measure(
      List<Child> jvms, ExecutorService threads, int each, String way, String transport)
      throws Exception {
    List<Callable<double[]>> questions = new ArrayList<>();
    jvms.forEach(jvm -> questions.add(() -> jvm.ask(way, transport, each)));
    int ports = 0;
    int collisions = 0;
    List<Double> medians = new ArrayList<>();
    for (Future<double[]> answer : threads.invokeAll(questions)) {
      ports += (int) answer.get()[0];
      collisions += (int) answer.get()[1];
      medians.add(answer.get()[2]);
    }
    return "%d collisions in %d, median %.0f us"
        .formatted(collisions, ports, Figures.median(medians));
  }
}
