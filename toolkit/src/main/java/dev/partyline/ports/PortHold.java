package dev.partyline.ports;

import dev.partyline.internal.net.Closeables;
import dev.partyline.internal.net.SocketError;
import dev.partyline.wire.LoopbackException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A socket that is bound to a TCP port of all interfaces, over IPv4 and IPv6, and never listens.
 *
 * <p>It is bound exclusively, so that only one process of a network namespace has the port, and the
 * kernel frees it when that process dies. After the bind it is made shareable: a server that sets
 * SO_REUSEADDR, as servers do, can bind and listen there as well, while the kernel gives the port
 * to no socket that binds port 0 or connects.
 */
final class PortHold {
  // The garbage collector closes an unreachable socket of this kind; a channel would stay open as
  // long as the JVM.
  private final Socket socket;

  private PortHold(Socket socket) {
    this.socket = socket;
  }

  /**
   * Holds a port over TCP if it is free over UDP too; returns null if it is in use. UDP is not
   * held: among leases, the one that holds a port over TCP has it over UDP.
   */
  static @Nullable PortHold tryHold(int port, boolean shared) {
    Socket socket = new Socket();
    try {
      bindExclusively(socket, port);
      probeUdp(port);
      socket.setReuseAddress(shared);
      return new PortHold(socket);
    } catch (IOException e) {
      Closeables.closeAfter(e, socket);
      if (isInUse(e)) {
        return null;
      }
      throw new LoopbackException(
          "cannot hold port "
              + port
              + ": "
              + e.getMessage()
              + "; if there are too many open files, close leases that are not needed any more",
          e);
    }
  }

  /** Binds a socket to a port, 0 for any free one, that no other socket can share. */
  static void bindExclusively(Socket socket, int port) throws IOException {
    socket.setReuseAddress(false);
    socket.bind(new InetSocketAddress(port));
  }

  private static void probeUdp(int port) throws IOException {
    try (DatagramChannel probe = DatagramChannel.open()) {
      probe.bind(new InetSocketAddress(port));
    }
  }

  /** Windows reports excluded ports as a denied permission rather than as in use. */
  private static boolean isInUse(IOException e) {
    return e instanceof BindException || SocketError.PERMISSION_DENIED.matches(e);
  }

  /** Closes all of them, even if one fails. */
  static void closeAll(List<PortHold> holds) {
    List<IOException> failures = new ArrayList<>();
    for (PortHold hold : holds) {
      try {
        hold.socket.close();
      } catch (IOException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      IOException first = failures.get(0);
      throw new LoopbackException("cannot close what held a port: " + first.getMessage(), first);
    }
  }

  int port() {
    return socket.getLocalPort();
  }
}
