package dev.partyline.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Both ends of a relay, in a JVM of their own: blocking channels, a thread for each connection,
 * direct buffers. The server reads or echoes; the client does what it is asked.
 */
final class EndpointsJvm {
  static final int MESSAGE_BYTES = 64;

  /** A larger buffer makes a direct connection no faster. */
  private static final int BUFFER_BYTES = 1 << 18;

  private static final ExecutorService THREADS = Executors.newCachedThreadPool();

  private EndpointsJvm() {}

  /** Starts the ends; the server only reads, or echoes. */
  static Child start(boolean sinking) throws IOException {
    return Child.start(EndpointsJvm.class, sinking ? "sink" : "echo");
  }

  public static void main(String[] arguments) throws Exception {
    ServerSocketChannel server = ServerSocketChannel.open().bind(loopback(0), 4096);
    boolean sinking = arguments[0].equals("sink");
    THREADS.execute(() -> accept(server, sinking));
    Child.serve(
        words -> {
          int port = words.length > 1 ? Integer.parseInt(words[1]) : 0;
          return switch (words[0]) {
            case "port" -> new double[] {server.socket().getLocalPort()};
            case "stream" ->
                new double[] {stream(port, Integer.parseInt(words[2]), Long.parseLong(words[3]))};
            case "trips" -> trips(port, Integer.parseInt(words[2]));
            default -> new double[] {connects(port, Integer.parseInt(words[2]))};
          };
        });
  }

  static InetSocketAddress loopback(int port) throws IOException {
    return new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port);
  }

  static int freePort() throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open().bind(loopback(0))) {
      return server.socket().getLocalPort();
    }
  }

  private static void accept(ServerSocketChannel server, boolean sinking) {
    try {
      while (true) {
        SocketChannel channel = server.accept();
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        THREADS.execute(() -> serve(channel, sinking));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void serve(SocketChannel accepted, boolean sinking) {
    try (SocketChannel channel = accepted) {
      if (sinking) {
        sink(channel);
      } else {
        echo(channel);
      }
    } catch (IOException e) {
      // A relay may reset the connection of the probe; in any other the client fails as well.
    }
  }

  private static void sink(SocketChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    long total = 0;
    for (int read = 0; read >= 0; read = channel.read(buffer.clear())) {
      total += read;
    }
    channel.write(ByteBuffer.allocateDirect(8).putLong(total).flip());
  }

  private static void echo(SocketChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(MESSAGE_BYTES);
    while (channel.read(buffer.clear()) >= 0) {
      channel.write(buffer.flip());
    }
  }

  /** Returns the seconds until the server has confirmed all bytes on each connection. */
  private static double stream(int port, int connections, long bytesEach) throws Exception {
    List<Callable<Void>> senders = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      senders.add(() -> send(port, bytesEach));
    }
    long start = System.nanoTime();
    for (Future<Void> sender : THREADS.invokeAll(senders)) {
      sender.get();
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static Void send(int port, long bytes) throws IOException {
    try (SocketChannel channel = SocketChannel.open(loopback(port))) {
      ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
      for (long remaining = bytes; remaining > 0; ) {
        buffer.clear().limit((int) Math.min(BUFFER_BYTES, remaining));
        remaining -= channel.write(buffer);
      }
      channel.shutdownOutput();
      ByteBuffer reply = buffer.clear().limit(8);
      fill(channel, reply);
      if (reply.flip().getLong() != bytes) {
        throw new IOException("the server got " + reply.getLong(0) + " bytes of " + bytes);
      }
    }
    return null;
  }

  /** Returns the median and the 99th percentile of round trips, in microseconds. */
  private static double[] trips(int port, int count) throws IOException {
    double[] micros = new double[count];
    try (SocketChannel channel = SocketChannel.open(loopback(port))) {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      ByteBuffer buffer = ByteBuffer.allocateDirect(MESSAGE_BYTES);
      trip(channel, buffer);
      for (int i = 0; i < count; i++) {
        long start = System.nanoTime();
        trip(channel, buffer);
        micros[i] = (System.nanoTime() - start) / 1e3;
      }
    }
    Arrays.sort(micros);
    return new double[] {micros[count / 2], micros[count * 99 / 100]};
  }

  /** Returns how often a second one thread connects, exchanges a message and closes. */
  private static double connects(int port, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(MESSAGE_BYTES);
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      try (SocketChannel channel = SocketChannel.open(loopback(port))) {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        trip(channel, buffer);
      }
    }
    return count / ((System.nanoTime() - start) / 1e9);
  }

  private static void trip(SocketChannel channel, ByteBuffer buffer) throws IOException {
    channel.write(buffer.clear());
    fill(channel, buffer.clear());
  }

  private static void fill(SocketChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException("the connection ended early");
      }
    }
  }
}
