package dev.partyline.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The least that a relay with a selector has to do, in a JVM of its own: it reads, writes and
 * records nothing. It is for messages that each socket takes at once.
 */
final class SelectorRelayJvm {
  private static final int BUFFER_BYTES = 1 << 16;

  private final int target;
  private final AtomicLong forwardedBytes = new AtomicLong();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private @Nullable Selector selector;

  private SelectorRelayJvm(int target) {
    this.target = target;
  }

  static Child start(int target) throws IOException {
    return Child.start(SelectorRelayJvm.class, String.valueOf(target));
  }

  public static void main(String[] arguments) {
    SelectorRelayJvm jvm = new SelectorRelayJvm(Integer.parseInt(arguments[0]));
    Child.serve(
        words ->
            switch (words[0]) {
              case "open" -> new double[] {jvm.open()};
              case "count" -> new double[] {jvm.forwardedBytes.get()};
              default -> new double[] {jvm.close()};
            });
  }

  private int open() throws IOException {
    forwardedBytes.set(0);
    Selector fresh = Selector.open();
    selector = fresh;
    ServerSocketChannel listening = ServerSocketChannel.open().bind(EndpointsJvm.loopback(0), 4096);
    listening.configureBlocking(false);
    listening.register(fresh, SelectionKey.OP_ACCEPT);
    Thread thread = new Thread(() -> run(fresh, listening), "relay");
    thread.setDaemon(true);
    thread.start();
    return listening.socket().getLocalPort();
  }

  private int close() throws IOException {
    if (selector != null) {
      selector.close();
    }
    return 0;
  }

  private void run(Selector own, ServerSocketChannel listening) {
    try (listening) {
      while (own.isOpen()) {
        own.select(this::serve);
      }
    } catch (IOException e) {
      throw new IllegalStateException("the relay failed", e);
    }
  }

  private void serve(SelectionKey key) {
    try {
      if (key.channel() instanceof ServerSocketChannel listening) {
        accept(key.selector(), listening.accept());
      } else {
        forward((SocketChannel) key.channel(), (SocketChannel) key.attachment());
      }
    } catch (IOException e) {
      throw new IllegalStateException("the relay failed", e);
    }
  }

  private void accept(Selector own, SocketChannel client) throws IOException {
    SocketChannel server = SocketChannel.open(EndpointsJvm.loopback(target));
    ManyConnections.prepare(client).register(own, SelectionKey.OP_READ, server);
    ManyConnections.prepare(server).register(own, SelectionKey.OP_READ, client);
  }

  private void forward(SocketChannel source, SocketChannel sink) throws IOException {
    int count = source.read(buffer.clear());
    if (count < 0) {
      source.close();
      sink.close();
      return;
    }
    sink.write(buffer.flip());
    if (buffer.hasRemaining()) {
      throw new IOException("the socket has not taken " + buffer.remaining() + " bytes");
    }
    forwardedBytes.addAndGet(count);
  }
}
