package dev.partyline.bench;

import dev.partyline.ports.PortLease;
import dev.partyline.ports.Ports;
import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A JVM whose 8 threads get ports, wait, and then bind a server. */
final class PortsJvm {
  static final String LEASE = "leasing";
  static final String FIND = "bind(0)/close";

  private static final int THREADS = 8;

  /** The longest time from the port to the server, in milliseconds. */
  private static final int MAX_GAP_MILLIS = 50;

  private static final int MAX_RUN_MILLIS = 20;

  private PortsJvm() {}

  public static void main(String[] arguments) throws Exception {
    Child.serve(
        words ->
            measure(words[0].equals(LEASE), words[1].equals("udp"), Integer.parseInt(words[2])));
  }

  /** Returns the number of ports, the number of collisions, and the median in microseconds. */
  private static double[] measure(boolean leasing, boolean udp, int ports) throws Exception {
    List<Double> micros = Collections.synchronizedList(new ArrayList<>());
    List<Callable<Integer>> users = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int seed = i;
      users.add(() -> use(leasing, udp, ports / THREADS, new Random(seed), micros));
    }
    int collisions = 0;
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    for (Future<Integer> user : threads.invokeAll(users)) {
      collisions += user.get();
    }
    threads.shutdown();
    return new double[] {micros.size(), collisions, Figures.median(micros)};
  }

  private static int use(
      boolean leasing, boolean udp, int ports, Random random, List<Double> micros)
      throws Exception {
    int collisions = 0;
    for (int i = 0; i < ports; i++) {
      long start = System.nanoTime();
      if (leasing) {
        try (PortLease lease = Ports.reserve()) {
          micros.add((System.nanoTime() - start) / 1e3);
          collisions += serve(lease.port(), udp, random);
        }
      } else {
        int port = find(udp);
        micros.add((System.nanoTime() - start) / 1e3);
        collisions += serve(port, udp, random);
      }
    }
    return collisions;
  }

  private static int find(boolean udp) throws IOException {
    if (udp) {
      try (DatagramSocket found = new DatagramSocket(0)) {
        return found.getLocalPort();
      }
    }
    try (ServerSocket found = new ServerSocket(0)) {
      return found.getLocalPort();
    }
  }

  /** Returns 1 if another socket has the port, 0 if not. */
  private static int serve(int port, boolean udp, Random random) throws Exception {
    Thread.sleep(random.nextInt(MAX_GAP_MILLIS + 1));
    try {
      Closeable server =
          udp
              ? new DatagramSocket(EndpointsJvm.loopback(port))
              : new ServerSocket(port, 50, EndpointsJvm.loopback(port).getAddress());
      Thread.sleep(random.nextInt(MAX_RUN_MILLIS + 1));
      server.close();
      return 0;
    } catch (BindException e) {
      return 1;
    }
  }
}
