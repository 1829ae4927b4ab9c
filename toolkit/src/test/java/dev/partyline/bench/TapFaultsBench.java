package dev.partyline.bench;

import dev.partyline.loopback.Tap;
import dev.partyline.weather.Weather;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32C;

/**
 * Many bytes each way at once through each fault that loses none, and through all of them: whether
 * they arrive as they were sent.
 */
final class TapFaultsBench {
  private static final List<String> FAULTS =
      List.of(
          "delay 20ms",
          "delay 5ms jitter 3ms",
          "delay 5ms jitter 3ms normal",
          "delay 5ms jitter 3ms pareto",
          "rate 20MB/s",
          "slice 1000 pause 0ms",
          "slice 65536 pause 1ms",
          "slice at 1,2,3,1000,65536,1000000 pause 0ms",
          "slice randomly 1 to 10000 pause 0ms",
          "coalesce 1ms",
          "stall 500ms",
          "slow close 200ms",
          "slow read 200ms",
          "connect delay 200ms",
          "lost segment 0.1% rto 20ms");

  private static final double MAX_SECONDS = 20;

  private TapFaultsBench() {}

  /** Runs with the MiB each way, by default 64, and the number of seeds, by default 20. */
  public static void main(String... arguments) throws Exception {
    long bytes = (arguments.length < 1 ? 64 : Long.parseLong(arguments[0])) << 20;
    int seeds = arguments.length < 2 ? 20 : Integer.parseInt(arguments[1]);
    List<String> weathers = new ArrayList<>(FAULTS);
    weathers.add(String.join("; ", FAULTS));
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      for (String weather : weathers) {
        run(weather, bytes, seeds, threads);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void run(String weather, long bytes, int seeds, ExecutorService threads)
      throws Exception {
    List<Double> times = new ArrayList<>();
    int wrong = 0;
    for (int seed = 1; seed <= seeds; seed++) {
      long start = System.nanoTime();
      wrong += isWhole(Weather.parse(weather).seed(seed), bytes, threads) ? 0 : 1;
      times.add((System.nanoTime() - start) / 1e9);
    }
    double longest = times.stream().reduce(Math::max).orElseThrow();
    System.out.printf(
        "%s: %d of %d wrong; %.2f s, at most %.2f: %s%n",
        weather.contains(";") ? "all of them" : weather,
        wrong,
        seeds,
        Figures.median(times),
        longest,
        wrong == 0 && longest < MAX_SECONDS ? "good" : "BAD");
  }

  private static boolean isWhole(Weather weather, long bytes, ExecutorService threads)
      throws Exception {
    try (ServerSocketChannel listening = ServerSocketChannel.open().bind(EndpointsJvm.loopback(0));
        Tap tap = Tap.to(listening.socket().getLocalPort()).in(weather).start();
        SocketChannel client = SocketChannel.open(EndpointsJvm.loopback(tap.port()));
        SocketChannel server = listening.accept()) {
      List<Callable<Long>> work =
          List.of(
              () -> send(client, bytes, weather.seed()),
              () -> receive(server, bytes),
              () -> send(server, bytes, -weather.seed()),
              () -> receive(client, bytes));
      List<Future<Long>> sums = threads.invokeAll(work);
      return sums.get(0).get().equals(sums.get(1).get())
          && sums.get(2).get().equals(sums.get(3).get());
    }
  }

  /** Sends random bytes of a seed in pieces of any size, and a FIN; returns their checksum. */
  private static long send(SocketChannel channel, long bytes, long seed) throws IOException {
    Random random = new Random(seed);
    byte[] drawn = new byte[1 << 18];
    CRC32C sum = new CRC32C();
    for (long remaining = bytes; remaining > 0; ) {
      random.nextBytes(drawn);
      int size = (int) Math.min(remaining, 1 + random.nextInt(drawn.length));
      sum.update(drawn, 0, size);
      for (ByteBuffer chunk = ByteBuffer.wrap(drawn, 0, size); chunk.hasRemaining(); ) {
        channel.write(chunk);
      }
      remaining -= size;
    }
    channel.shutdownOutput();
    return sum.getValue();
  }

  private static long receive(SocketChannel channel, long bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 18);
    CRC32C sum = new CRC32C();
    long all = 0;
    for (int read = 0; read >= 0; read = channel.read(buffer.clear())) {
      sum.update(buffer.flip());
      all += read;
    }
    return all == bytes ? sum.getValue() : -1;
  }
}
