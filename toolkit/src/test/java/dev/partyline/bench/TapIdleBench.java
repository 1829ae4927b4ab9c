package dev.partyline.bench;

import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.weather.Weather;
import dev.partyline.wire.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What a JVM with a tap takes of a processor while the tap has to wait. */
final class TapIdleBench {
  private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long MESSAGE_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private TapIdleBench() {}

  /** What the peers of a tap do until a time. */
  private interface Traffic {
    void run(SocketChannel client, SocketChannel server, long endNanos) throws IOException;
  }

  public static void main(String... arguments) throws Exception {
    if (arguments.length > 0 && arguments[0].equals("tap")) {
      serve(arguments[1], arguments[2].replace('_', ' '));
      return;
    }
    measure("clear", "no traffic", 0, (client, server, endNanos) -> pause(endNanos));
    measure("rate 10KB/s", "one connection", 3, TapIdleBench::flood);
    measure("edge", "one connection", 3, TapIdleBench::flood);
    measure("slow-3g", "one connection", 3, TapIdleBench::flood);
    measure("delay 50ms", "500 messages a second", 10, TapIdleBench::sendMessages);
    measureFullBacklog();
  }

  private static void measure(String weather, String load, int allowedPercent, Traffic traffic)
      throws IOException {
    try (ServerSocketChannel listening = ServerSocketChannel.open().bind(EndpointsJvm.loopback(0));
        Child jvm = start(String.valueOf(listening.socket().getLocalPort()), weather);
        SocketChannel client = SocketChannel.open(EndpointsJvm.loopback((int) jvm.ask("port")[0]));
        SocketChannel server = listening.accept()) {
      traffic.run(client, server, System.nanoTime() + WARM_UP_NANOS);
      long before = Processor.nanos(jvm.pid());
      traffic.run(client, server, System.nanoTime() + WINDOW_NANOS);
      print(weather + ", " + load, Processor.nanos(jvm.pid()) - before, allowedPercent);
    }
  }

  private static void measureFullBacklog() throws IOException {
    List<SocketChannel> clients = new ArrayList<>();
    try (Listener full = Listener.neverAccepting().over(Transport.UNIX).start();
        Child jvm = start(full.path().toString(), "clear")) {
      SocketAddress tap = EndpointsJvm.loopback((int) jvm.ask("port")[0]);
      for (int i = 0; i < 5; i++) {
        clients.add(SocketChannel.open(tap));
      }
      pause(System.nanoTime() + WARM_UP_NANOS);
      long before = Processor.nanos(jvm.pid());
      pause(System.nanoTime() + WINDOW_NANOS);
      print("a full Unix backlog, five clients", Processor.nanos(jvm.pid()) - before, 3);
    } finally {
      for (SocketChannel client : clients) {
        client.close();
      }
    }
  }

  private static void print(String situation, long nanos, int allowedPercent) {
    double percent = 100.0 * nanos / WINDOW_NANOS;
    System.out.printf(
        "%-35s %5.2f %% of a processor; allowed %d: %s%n",
        situation, percent, allowedPercent, percent < allowedPercent + 0.5 ? "kept" : "NOT KEPT");
  }

  private static void pause(long endNanos) {
    while (System.nanoTime() < endNanos) {
      LockSupport.parkNanos(endNanos - System.nanoTime());
    }
  }

  /** Sends as much as the tap takes, so that its rate is the bottleneck. */
  private static void flood(SocketChannel client, SocketChannel server, long endNanos)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
    server.configureBlocking(false);
    client.configureBlocking(false);
    while (System.nanoTime() < endNanos) {
      server.write(buffer.clear());
      client.read(buffer.clear());
      LockSupport.parkNanos(MESSAGE_INTERVAL_NANOS);
    }
  }

  private static void sendMessages(SocketChannel client, SocketChannel server, long endNanos)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(EndpointsJvm.MESSAGE_BYTES);
    server.configureBlocking(false);
    long next = System.nanoTime();
    while (next < endNanos) {
      client.write(buffer.clear());
      server.read(buffer.clear());
      next += MESSAGE_INTERVAL_NANOS;
      pause(next);
    }
  }

  private static Child start(String server, String weather) throws IOException {
    return Child.start(TapIdleBench.class, "tap", server, weather.replace(' ', '_'));
  }

  /** The JVM that has only the tap. */
  private static void serve(String server, String weather) {
    SocketAddress address =
        server.startsWith("/")
            ? UnixDomainSocketAddress.of(server)
            : new InetSocketAddress("127.0.0.1", Integer.parseInt(server));
    Tap tap = Tap.to(address).over(Transport.TCP).in(Weather.parse(weather)).start();
    Child.serve(words -> new double[] {tap.port()});
  }
}
