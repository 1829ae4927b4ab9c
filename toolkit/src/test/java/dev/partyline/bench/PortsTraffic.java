package dev.partyline.bench;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Other users of ports: clients that connect 1,600 times a second and close first, and 16 threads
 * that bind port 0 over TCP and UDP.
 */
final class PortsTraffic implements AutoCloseable {
  private static final int CLIENTS = 2;
  private static final long CONNECT_INTERVAL_NANOS = 1_000_000_000L * CLIENTS / 1_600;
  private static final int BINDERS = 16;
  private static final int MAX_HOLD_MILLIS = 50;

  private final ServerSocket server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger connects = new AtomicInteger();
  private final AtomicInteger binds = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private long lastAskedAt = System.nanoTime();

  private PortsTraffic(ServerSocket server) {
    this.server = server;
  }

  static PortsTraffic start() throws IOException {
    PortsTraffic traffic =
        new PortsTraffic(new ServerSocket(0, 1_024, EndpointsJvm.loopback(0).getAddress()));
    traffic.threads.execute(() -> traffic.loop(traffic::accept));
    for (int i = 0; i < CLIENTS; i++) {
      traffic.threads.execute(traffic::connect);
    }
    for (int i = 0; i < BINDERS; i++) {
      Random random = new Random(i);
      traffic.threads.execute(() -> traffic.loop(() -> traffic.bind(random)));
    }
    return traffic;
  }

  /** Returns the rate a second since the last call. */
  String rates() {
    double seconds = (System.nanoTime() - lastAskedAt) / 1e9;
    lastAskedAt = System.nanoTime();
    return "%.0f connects/s, %.0f bind(0)/s, %d failures in %.0f s"
        .formatted(
            connects.getAndSet(0) / seconds,
            binds.getAndSet(0) / seconds,
            failures.getAndSet(0),
            seconds);
  }

  /** A step that is repeated. */
  @FunctionalInterface
  private interface IoTask {
    void run() throws IOException, InterruptedException;
  }

  private void loop(IoTask task) {
    while (!server.isClosed()) {
      attempt(task);
    }
  }

  private void attempt(IoTask task) {
    try {
      task.run();
    } catch (IOException e) {
      failures.incrementAndGet();
    } catch (InterruptedException e) {
      // The traffic has ended.
    }
  }

  private void accept() throws IOException {
    try (Socket accepted = server.accept()) {
      while (accepted.getInputStream().read() >= 0) {}
    }
  }

  private void connect() {
    long due = System.nanoTime();
    while (!server.isClosed()) {
      attempt(
          () -> {
            new Socket(server.getInetAddress(), server.getLocalPort()).close();
            connects.incrementAndGet();
          });
      due += CONNECT_INTERVAL_NANOS;
      LockSupport.parkNanos(due - System.nanoTime());
    }
  }

  private void bind(Random random) throws IOException, InterruptedException {
    try (ServerSocket stream = new ServerSocket(0);
        DatagramSocket datagrams = new DatagramSocket(0)) {
      Thread.sleep(random.nextInt(MAX_HOLD_MILLIS + 1));
      binds.addAndGet(stream.isBound() && datagrams.isBound() ? 2 : 0);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }
}
