package dev.partyline.bench;

import dev.partyline.loopback.Listener;
import dev.partyline.script.player.EndReason;
import dev.partyline.wire.Side;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Ten thousand open connections at once on one listener, the clients in a second process: each
 * exchanges a line while all of them are open, twice.
 *
 * <p>Run it with the number of connections, 10,000 by default. Both processes need as many
 * descriptors ({@code ulimit -n}).
 */
public final class TenThousand {
  private static final String SCRIPT =
      """
      every connection
        repeat 2
          C: PING
          S: +PONG
        C: QUIT
        S! close
      """;
  private static final int ANSWER_BYTES = 7;

  private TenThousand() {}

  /** Runs the listener, and itself again as the clients. */
  public static void main(String[] args) throws Exception {
    if (args.length == 2) {
      runClients(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
      return;
    }
    int connections = args.length == 0 ? 10_000 : Integer.parseInt(args[0]);
    PrintStream out = System.out;
    long start = System.nanoTime();
    try (Listener listener = Listener.playing(SCRIPT).start()) {
      Process clients = clients(listener.port(), connections);
      int status = clients.waitFor();
      boolean ended =
          listener
              .recording()
              .await(() -> finished(listener) == connections, Duration.ofSeconds(10));
      Runtime runtime = Runtime.getRuntime();
      out.printf(
          "clients exit %d, connections %d, finished %d (%b), client bytes %d, problems %d%n",
          status,
          listener.recording().connections(),
          finished(listener),
          ended,
          listener.recording().byteCount(Side.CLIENT),
          listener.backgroundFailures().size());
      out.printf(
          "in %d ms, heap %d MB%n",
          (System.nanoTime() - start) / 1_000_000,
          (runtime.totalMemory() - runtime.freeMemory()) >> 20);
      start = System.nanoTime();
    }
    out.printf("closed in %d ms%n", (System.nanoTime() - start) / 1_000_000);
  }

  private static long finished(Listener listener) {
    return listener.runs().stream()
        .filter(each -> each.endReason().filter(EndReason.FINISHED::equals).isPresent())
        .count();
  }

  private static Process clients(int port, int connections) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            java,
            "-cp",
            System.getProperty("java.class.path"),
            TenThousand.class.getName(),
            String.valueOf(port),
            String.valueOf(connections))
        .inheritIO()
        .start();
  }

  private static void runClients(int port, int connections) throws IOException {
    InetSocketAddress server = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port);
    PrintStream out = System.out;
    List<SocketChannel> open = new ArrayList<>(connections);
    long start = System.nanoTime();
    for (int i = 0; i < connections; i++) {
      SocketChannel channel = SocketChannel.open();
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.connect(server);
      open.add(channel);
    }
    out.printf("%d open after %d ms%n", open.size(), (System.nanoTime() - start) / 1_000_000);
    for (int round = 1; round <= 2; round++) {
      start = System.nanoTime();
      for (SocketChannel channel : open) {
        send(channel, "PING\r\n");
      }
      for (SocketChannel channel : open) {
        receive(channel);
      }
      long took = (System.nanoTime() - start) / 1_000_000;
      out.printf("round %d: %d answers after %d ms%n", round, open.size(), took);
    }
    for (SocketChannel channel : open) {
      send(channel, "QUIT\r\n");
    }
    for (SocketChannel channel : open) {
      if (channel.read(ByteBuffer.allocate(1)) != -1) {
        throw new IOException("no FIN from the listener");
      }
      channel.close();
    }
  }

  private static void send(SocketChannel channel, String text) throws IOException {
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static void receive(SocketChannel channel) throws IOException {
    ByteBuffer answer = ByteBuffer.allocate(ANSWER_BYTES);
    while (answer.hasRemaining()) {
      if (channel.read(answer) < 0) {
        throw new IOException("the listener hung up after " + answer.position() + " bytes");
      }
    }
  }
}
