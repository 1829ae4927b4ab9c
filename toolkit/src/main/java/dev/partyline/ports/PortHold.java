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
 * Holds a TCP port of all interfaces, over IPv4 and IPv6, by a socket that never listens; it can
 * release the port, and hold it again.
 *
 * <p>The socket is bound exclusively, so that only one process of a network namespace has the port,
 * and the kernel frees it when that process dies. After the bind it is made shareable: a server
 * that sets SO_REUSEADDR, as servers do, can bind and listen there as well, while the kernel gives
 * the port to no socket that binds port 0 or connects.
 *
 * <p>Over UDP a port is only probed. A socket that holds it could be shared with sockets that set
 * SO_REUSEADDR alone, and those of UDP servers do not: it would keep out the server that it is held
 * for. Among leases, the one that holds a port over TCP has it over UDP.
 */
final class PortHold {
  private final int port;
  private final boolean shared;

  // The garbage collector closes an unreachable socket of this kind; a channel would stay open as
  // long as the JVM.
  private @Nullable Socket socket;

  private PortHold(int port, boolean shared) {
    this.port = port;
    this.shared = shared;
  }

  /** Returns what holds a port that is free over TCP and UDP; null if it is in use. */
  static @Nullable PortHold tryHold(int port, boolean shared) {
    PortHold hold = new PortHold(port, shared);
    try {
      hold.bind();
      probeUdp(port);
      return hold;
    } catch (IOException e) {
      Closeables.closeAfter(e, hold.socket);
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

  /**
   * Holds the port again after a release, and returns whether it is held. A server of the lease may
   * have it over UDP.
   */
  boolean tryHoldAgain() {
    try {
      if (socket == null) {
        bind();
      }
      return true;
    } catch (IOException e) {
      // A server has it, or there are too many open files; this must not end what uses the lease.
      return false;
    }
  }

  private void bind() throws IOException {
    Socket newSocket = new Socket();
    try {
      bindExclusively(newSocket, port);
      newSocket.setReuseAddress(shared);
      socket = newSocket;
    } catch (IOException e) {
      Closeables.closeAfter(e, newSocket);
      throw e;
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

  /** Releases all of them, even if one fails. */
  static void releaseAll(List<PortHold> holds) {
    List<IOException> failures = new ArrayList<>();
    for (PortHold hold : holds) {
      try {
        hold.release();
      } catch (IOException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      IOException first = failures.get(0);
      throw new LoopbackException("cannot close what held a port: " + first.getMessage(), first);
    }
  }

  private void release() throws IOException {
    Socket held = socket;
    socket = null;
    if (held != null) {
      held.close();
    }
  }

  int port() {
    return port;
  }

  boolean isHeld() {
    return socket != null;
  }
}
