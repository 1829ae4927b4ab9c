package dev.partyline.internal.net;

import dev.partyline.wire.LoopbackException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Initializes the classes of the JDK for sockets while there are descriptors. Some of them open
 * files, such as a native library: if that fails, the JVM never tries again, and has no sockets
 * even when descriptors are free again.
 */
public final class JdkSockets {
  /** At least as many as they open at the same time (JDK 17 and 25). */
  private static final int NEEDED_DESCRIPTORS = 8;

  /** A JVM initializes a class once. */
  private static final AtomicBoolean LOADED = new AtomicBoolean();

  private JdkSockets() {}

  /**
   * Initializes them, the first time.
   *
   * @throws LoopbackException if there are too few descriptors; nothing is spoiled then
   */
  public static void load() {
    if (LOADED.get()) {
      return;
    }
    try {
      requireDescriptors();
      Addresses.loopback();
      try (Selector selector = Selector.open();
          SocketChannel channel = SocketChannel.open()) {
        channel.configureBlocking(false).register(selector, SelectionKey.OP_CONNECT);
      }
    } catch (IOException e) {
      throw new LoopbackException("cannot open sockets: " + e + SocketError.advice(e), e);
    }
    LOADED.set(true);
  }

  /** Opens and closes something that needs no class of its own. */
  private static void requireDescriptors() throws IOException {
    Deque<InputStream> probes = new ArrayDeque<>();
    try {
      while (probes.size() < NEEDED_DESCRIPTORS) {
        probes.push(new FileInputStream("/dev/null"));
      }
    } catch (IOException e) {
      // Elsewhere than on POSIX there is no such file.
      if (SocketError.NO_DESCRIPTORS.matches(e)) {
        throw e;
      }
    } finally {
      while (!probes.isEmpty()) {
        probes.pop().close();
      }
    }
  }
}
