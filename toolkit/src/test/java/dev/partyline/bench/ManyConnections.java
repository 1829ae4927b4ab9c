package dev.partyline.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Both ends of many connections at once, in a JVM of their own: a selector for all clients and one
 * for the server, because two thousand threads would measure the scheduler.
 */
final class ManyConnections {
  private final Selector selector;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(EndpointsJvm.MESSAGE_BYTES);
  private final List<ClientConnection> clients = new ArrayList<>();
  private int pendingClients;
  private long trips;
  private long deadline;

  private ManyConnections() throws IOException {
    selector = Selector.open();
  }

  static Child start() throws IOException {
    return Child.start(ManyConnections.class);
  }

  public static void main(String[] arguments) throws Exception {
    ServerSocketChannel server = ServerSocketChannel.open().bind(EndpointsJvm.loopback(0), 4096);
    Thread echo = new Thread(() -> echo(server));
    echo.setDaemon(true);
    echo.start();
    ManyConnections connections = new ManyConnections();
    Child.serve(
        words ->
            switch (words[0]) {
              case "port" -> new double[] {server.socket().getLocalPort()};
              case "open" ->
                  connections.open(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
              case "pingpong" -> connections.pingPong(Long.parseLong(words[1]));
              default -> connections.close();
            });
  }

  private static void echo(ServerSocketChannel server) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(EndpointsJvm.MESSAGE_BYTES);
    try (Selector selector = Selector.open()) {
      server.configureBlocking(false);
      server.register(selector, SelectionKey.OP_ACCEPT);
      while (selector.isOpen()) {
        selector.select(key -> serve(key, server, buffer));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void serve(SelectionKey key, ServerSocketChannel server, ByteBuffer buffer) {
    try {
      if (key.channel() instanceof SocketChannel channel) {
        echo(channel, buffer.clear());
      } else {
        for (SocketChannel next = server.accept(); next != null; next = server.accept()) {
          prepare(next).register(key.selector(), SelectionKey.OP_READ);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void echo(SocketChannel channel, ByteBuffer buffer) throws IOException {
    try {
      if (channel.read(buffer) < 0) {
        channel.close();
      } else {
        channel.write(buffer.flip());
      }
    } catch (IOException e) {
      // A relay may reset the connection of the probe; in any other the client fails as well.
      channel.close();
    }
  }

  static SocketChannel prepare(SocketChannel channel) throws IOException {
    channel.configureBlocking(false);
    return channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  /** Connects all at once; returns the seconds until each of them has had its first answer. */
  private double[] open(int port, int count) throws IOException {
    long start = System.nanoTime();
    pendingClients = count;
    deadline = start;
    for (int i = 0; i < count; i++) {
      SocketChannel channel = prepare(SocketChannel.open());
      channel.connect(EndpointsJvm.loopback(port));
      ClientConnection client = new ClientConnection(channel);
      clients.add(client);
      channel.register(selector, SelectionKey.OP_CONNECT, client);
    }
    await();
    return new double[] {(System.nanoTime() - start) / 1e9};
  }

  /** Lets all clients send again whenever they were answered; returns the answers a second. */
  private double[] pingPong(long millis) throws IOException {
    long start = System.nanoTime();
    deadline = start + millis * 1_000_000;
    pendingClients = clients.size();
    trips = 0;
    for (ClientConnection client : clients) {
      client.send();
    }
    await();
    return new double[] {trips / ((System.nanoTime() - start) / 1e9)};
  }

  private double[] close() throws IOException {
    for (ClientConnection client : clients) {
      client.channel.close();
    }
    clients.clear();
    selector.selectNow();
    return new double[] {0};
  }

  private void await() throws IOException {
    while (pendingClients > 0) {
      if (selector.select(key -> ((ClientConnection) key.attachment()).onReady(key), 30_000) == 0) {
        throw new IOException(pendingClients + " connections wait for an answer");
      }
    }
  }

  /** One client. */
  private final class ClientConnection {
    private final SocketChannel channel;
    private int unreadBytes;

    ClientConnection(SocketChannel channel) {
      this.channel = channel;
    }

    void send() throws IOException {
      unreadBytes = EndpointsJvm.MESSAGE_BYTES;
      channel.write(buffer.clear());
    }

    void onReady(SelectionKey key) {
      try {
        if (key.isConnectable()) {
          channel.finishConnect();
          key.interestOps(SelectionKey.OP_READ);
          send();
        } else {
          receive();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void receive() throws IOException {
      int read = channel.read(buffer.clear());
      if (read < 0) {
        throw new EOFException("a connection ended early");
      }
      unreadBytes -= read;
      if (unreadBytes == 0) {
        trips++;
        if (System.nanoTime() < deadline) {
          send();
        } else {
          pendingClients--;
        }
      }
    }
  }
}
