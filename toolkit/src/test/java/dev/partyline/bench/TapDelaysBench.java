package dev.partyline.bench;

import dev.partyline.loopback.Tap;
import dev.partyline.weather.Fault;
import dev.partyline.weather.Weather;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** How well a tap keeps to its delays and rates. */
final class TapDelaysBench {
  private static final int MESSAGES = 200;
  private static final int ROUNDS = 3;
  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(3);

  private TapDelaysBench() {}

  public static void main(String... arguments) throws IOException {
    for (int millis : List.of(1, 2, 5, 20, 50)) {
      delay(millis);
    }
    for (long rate : List.of(100_000L, 1_000_000L, 10_000_000L)) {
      rate(rate);
    }
  }

  private static void delay(int millis) throws IOException {
    List<Double> clientToServer = new ArrayList<>();
    List<Double> serverToClient = new ArrayList<>();
    List<Double> parkTimes = new ArrayList<>();
    runThrough(
        Fault.delay(Duration.ofMillis(millis)),
        (client, server) -> {
          for (int i = 0; i < MESSAGES; i++) {
            clientToServer.add(transfer(client, server));
            serverToClient.add(transfer(server, client));
            parkTimes.add(parkMillis(millis));
          }
        });
    double allowed = 0.5 + 0.02 * millis;
    double maxError =
        Math.max(Figures.median(clientToServer), Figures.median(serverToClient)) - millis;
    System.out.printf(
        "delay of %2d ms: %.3f ms from the client, %.3f ms from the server (parked thread: %.3f); "
            + "allowed +-%.2f: %s%n",
        millis,
        Figures.median(clientToServer),
        Figures.median(serverToClient),
        Figures.median(parkTimes),
        allowed,
        Math.abs(maxError) <= allowed ? "kept" : "NOT KEPT");
  }

  /** Returns the time that a message takes, in milliseconds. */
  private static double transfer(SocketChannel source, SocketChannel destination)
      throws IOException {
    ByteBuffer message = ByteBuffer.allocate(EndpointsJvm.MESSAGE_BYTES);
    long start = System.nanoTime();
    source.write(message);
    destination.read(message.clear());
    return (System.nanoTime() - start) / 1e6;
  }

  /**
   * Returns how long a thread sleeps that wants to sleep this long: the lateness of the machine.
   */
  private static double parkMillis(int millis) {
    long start = System.nanoTime();
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    return (System.nanoTime() - start) / 1e6;
  }

  private static void rate(long rate) throws IOException {
    List<Double> rates = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      runThrough(
          Fault.rate(rate),
          (client, server) -> {
            Thread sender = new Thread(() -> flood(server));
            sender.start();
            rates.add(measureRate(client));
            client.close();
          });
    }
    double error = Figures.median(rates) / rate - 1;
    System.out.printf(
        "rate of %8d bytes/s over 3 s: %+.3f %%; allowed +-1: %s%n",
        rate, error * 100, Math.abs(error) <= 0.01 ? "kept" : "NOT KEPT");
  }

  private static void flood(SocketChannel channel) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
    try {
      while (true) {
        channel.write(buffer.clear());
      }
    } catch (IOException e) {
      // The other end has closed.
    }
  }

  /** Returns the bytes a second, from the first one until three seconds later. */
  private static double measureRate(SocketChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 18);
    channel.read(buffer);
    long start = System.nanoTime();
    long bytes = 0;
    long now = start;
    while (now - start < WINDOW_NANOS) {
      bytes += channel.read(buffer.clear());
      now = System.nanoTime();
    }
    return bytes / ((now - start) / 1e9);
  }

  private static void runThrough(Fault fault, Exchange exchange) throws IOException {
    try (ServerSocketChannel listening = ServerSocketChannel.open().bind(EndpointsJvm.loopback(0));
        Tap tap = Tap.to(listening.socket().getLocalPort()).in(Weather.of(fault)).start();
        SocketChannel client = SocketChannel.open(EndpointsJvm.loopback(tap.port()));
        SocketChannel server = listening.accept()) {
      exchange.run(client, server);
    }
  }

  /** The two ends of one connection. */
  @FunctionalInterface
  private interface Exchange {
    void run(SocketChannel client, SocketChannel server) throws IOException;
  }
}
