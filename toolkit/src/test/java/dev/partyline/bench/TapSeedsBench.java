package dev.partyline.bench;

import dev.partyline.loopback.Tap;
import dev.partyline.loopback.TapSpec;
import dev.partyline.weather.Weather;
import dev.partyline.weather.WeatherReport;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Whether the same seed decides the same, however busy the machine is and however bytes arrive. */
final class TapSeedsBench {
  private static final int RUNS = 50;
  private static final int CONNECTIONS = 6;
  private static final int STREAM_BYTES = 1 << 20;
  private static final int DATAGRAMS = 400;
  private static final int DATAGRAM_BYTES = 50;

  private static final Weather STREAM =
      Weather.parse(
          "seed 7; reset first 1; reset after 300000 bytes on connection 3; limit 500000 bytes on "
              + "connection 4; delay 1ms jitter 1ms normal; corrupt 0.01%; lost segment 1% rto "
              + "2ms; slice randomly 100 to 5000 bytes pause 0ms; rate 50MB/s");
  private static final Weather DATAGRAM =
      Weather.parse(
          "seed 7; loss 10%; loss every 17; loss gemodel 5% 30%; duplicate 10%; corrupt 10%; "
              + "delay 1ms jitter 1ms; reorder 10% by 2 within 5s");

  private TapSeedsBench() {}

  public static void main(String... arguments) throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      Set<WeatherReport> streams = new HashSet<>();
      Set<WeatherReport> datagrams = new HashSet<>();
      for (int run = 0; run < RUNS; run++) {
        try (Load load = new Load()) {
          load.start(run % 4);
          streams.add(streams(run, threads));
          datagrams.add(datagrams(run));
        }
      }
      print("streams", streams);
      print("datagrams", datagrams);
    } finally {
      threads.shutdownNow();
    }
  }

  private static void print(String what, Set<WeatherReport> reports) {
    System.out.printf(
        "%s: %d different reports in %d runs: %s%n",
        what, reports.size(), RUNS, reports.size() == 1 ? "good" : "BAD");
    reports.stream().limit(2).forEach(report -> System.out.println("  " + report));
  }

  private static WeatherReport streams(int run, ExecutorService threads) throws Exception {
    try (ServerSocketChannel listening = ServerSocketChannel.open().bind(EndpointsJvm.loopback(0));
        Tap tap = Tap.to(listening.socket().getLocalPort()).in(STREAM).start()) {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        SocketChannel client = SocketChannel.open(EndpointsJvm.loopback(tap.port()));
        // The first one is reset on accept, and the server never sees it.
        tasks.add(() -> exchange(client, run, true));
        if (i > 0) {
          SocketChannel server = listening.accept();
          tasks.add(() -> exchange(server, run, false));
        }
      }
      for (Future<Void> task : threads.invokeAll(tasks)) {
        task.get();
      }
      return tap.weatherReport();
    }
  }

  /** Sends the same bytes each time, in other pieces, and reads to the end. */
  private static Void exchange(SocketChannel channel, int run, boolean sendsFirst)
      throws IOException {
    Random random = new Random(run);
    try (channel) {
      ByteBuffer all = ByteBuffer.allocate(STREAM_BYTES);
      while (sendsFirst && all.hasRemaining()) {
        all.limit(Math.min(STREAM_BYTES, all.position() + 1 + random.nextInt(1 << 16)));
        channel.write(all);
        all.limit(STREAM_BYTES);
      }
      if (sendsFirst) {
        channel.shutdownOutput();
      }
      ByteBuffer buffer = ByteBuffer.allocate(1 + random.nextInt(1 << 16));
      while (channel.read(buffer.clear()) >= 0) {}
      if (!sendsFirst) {
        channel.write(all);
      }
    } catch (IOException e) {
      // The weather resets some of the connections.
    }
    return null;
  }

  private static WeatherReport datagrams(int run) throws IOException, InterruptedException {
    Random random = new Random(run);
    try (DatagramChannel server = DatagramChannel.open().bind(EndpointsJvm.loopback(0));
        Tap tap = spec(server).start();
        DatagramChannel client = DatagramChannel.open().connect(tap.address())) {
      for (int sent = 1; sent <= DATAGRAMS; sent++) {
        client.write(ByteBuffer.allocate(DATAGRAM_BYTES));
        // More at once than the buffer of a socket holds would be lost outside the tap.
        if (random.nextInt(20) == 0 || sent == DATAGRAMS) {
          await(tap.recording(), (long) sent * DATAGRAM_BYTES);
        }
      }
      return settledReport(tap);
    }
  }

  /**
   * Returns the report when nothing is on its way any more; with losses no byte count tells when.
   */
  private static WeatherReport settledReport(Tap tap) throws InterruptedException {
    WeatherReport previous = tap.weatherReport();
    Thread.sleep(500);
    WeatherReport report = tap.weatherReport();
    while (!report.equals(previous)) {
      previous = report;
      Thread.sleep(500);
      report = tap.weatherReport();
    }
    return report;
  }

  private static void await(Recording recording, long bytes) throws IOException {
    if (!recording.await(() -> recording.byteCount(Side.CLIENT) == bytes, Duration.ofSeconds(10))) {
      throw new IOException(recording.byteCount(Side.CLIENT) + " bytes recorded of " + bytes);
    }
  }

  private static TapSpec spec(DatagramChannel server) throws IOException {
    SocketAddress address = server.getLocalAddress();
    return Tap.to((InetSocketAddress) address).over(Transport.UDP).in(DATAGRAM);
  }

  /** Threads that keep the processors busy. */
  private static final class Load implements AutoCloseable {
    private volatile boolean stopped;

    void start(int threads) {
      for (int i = 0; i < threads; i++) {
        Thread thread = new Thread(this::spin);
        thread.setDaemon(true);
        thread.start();
      }
    }

    private void spin() {
      while (!stopped) {
        Thread.onSpinWait();
      }
    }

    @Override
    public void close() {
      stopped = true;
    }
  }
}
