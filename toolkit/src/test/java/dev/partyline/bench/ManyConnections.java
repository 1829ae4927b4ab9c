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
 * for the server, as two thousand threads would measure the scheduler.
 */
final class ManyConnections {
  private final Selector selector;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(EndpointsJvm.MESSAGE);
  private final List<Caller> callers = new ArrayList<>();
  private int waiting;
  private long trips;
  private long until;

  private ManyConnections() throws IOException {
    selector = Selector.open();
  }

  static Child start() throws IOException {
    return Child.start(List.of(), ManyConnections.class);
  }

  public static void main(String[] arguments) throws Exception {
    ServerSocketChannel server = ServerSocketChannel.open().bind(EndpointsJvm.at(0), 4096);
    Thread echo = new Thread(() -> echo(server));
    echo.setDaemon(true);
    echo.start();
    ManyConnections crowd = new ManyConnections();
    Child.serve(
        words ->
            switch (words[0]) {
              case "port" -> new double[] {server.socket().getLocalPort()};
              case "open" -> crowd.open(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
              case "talk" -> crowd.talk(Long.parseLong(words[1]));
              default -> crowd.close();
            });
  }

  private static void echo(ServerSocketChannel server) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(EndpointsJvm.MESSAGE);
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

  private static SocketChannel prepare(SocketChannel channel) throws IOException {
    channel.configureBlocking(false);
    return channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  /** Connects all at once; returns the seconds until each of them has had its first answer. */
  private double[] open(int port, int count) throws IOException {
    long start = System.nanoTime();
    waiting = count;
    until = start;
    for (int i = 0; i < count; i++) {
      SocketChannel channel = prepare(SocketChannel.open());
      channel.connect(EndpointsJvm.at(port));
      Caller caller = new Caller(channel);
      callers.add(caller);
      channel.register(selector, SelectionKey.OP_CONNECT, caller);
    }
    await();
    return new double[] {(System.nanoTime() - start) / 1e9};
  }

  /** Has all say something again whenever they were answered; returns the answers a second. */
  private double[] talk(long millis) throws IOException {
    long start = System.nanoTime();
    until = start + millis * 1_000_000;
    waiting = callers.size();
    trips = 0;
    for (Caller caller : callers) {
      caller.say();
    }
    await();
    return new double[] {trips / ((System.nanoTime() - start) / 1e9)};
  }

  private double[] close() throws IOException {
    for (Caller caller : callers) {
      caller.channel.close();
    }
    callers.clear();
    selector.selectNow();
    return new double[] {0};
  }

  private void await() throws IOException {
    while (waiting > 0) {
      if (selector.select(key -> ((Caller) key.attachment()).ready(key), 30_000) == 0) {
        throw new IOException(waiting + " connections wait for an answer");
      }
    }
  }

  /** One client. */
  private final class Caller {
    private final SocketChannel channel;
    private int unheard;

    Caller(SocketChannel channel) {
      this.channel = channel;
    }

    void say() throws IOException {
      unheard = EndpointsJvm.MESSAGE;
      channel.write(buffer.clear());
    }

    void ready(SelectionKey key) {
      try {
        if (key.isConnectable()) {
          channel.finishConnect();
          key.interestOps(SelectionKey.OP_READ);
          say();
        } else {
          hear();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void hear() throws IOException {
      int read = channel.read(buffer.clear());
      if (read < 0) {
        throw new EOFException("a connection ended early");
      }
      unheard -= read;
      if (unheard == 0) {
        trips++;
        if (System.nanoTime() < until) {
          say();
        } else {
          waiting--;
        }
      }
    }
  }
}
