package dev.partyline.bench;

import dev.partyline.loopback.Tap;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;

/** How long it takes to open and close a tap, compared with bind and close of a bare channel. */
final class TapOpenCloseBench {
  private static final int WARM_UP = 2_000;
  private static final int CYCLES = 10_000;

  private TapOpenCloseBench() {}

  public static void main(String... arguments) throws IOException {
    InetSocketAddress any = EndpointsJvm.loopback(0);
    List<Double> taps = new ArrayList<>();
    List<Double> bare = new ArrayList<>();
    for (int cycle = -WARM_UP; cycle < CYCLES; cycle++) {
      long start = System.nanoTime();
      Tap.to(9).start().close();
      long middle = System.nanoTime();
      ServerSocketChannel.open().bind(any, 1024).close();
      long end = System.nanoTime();
      if (cycle >= 0) {
        taps.add((middle - start) / 1e3);
        bare.add((end - middle) / 1e3);
      }
    }
    System.out.printf(
        "opening and closing, in the median of %d: tap %.1f us, bare channel %.1f us%n",
        CYCLES, Figures.median(taps), Figures.median(bare));
  }
}
