package dev.partyline.ports;

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
 * <p>It is bound exclusively, so the kernel lets one process of a network namespace have the port,
 * and takes it back when that process dies. Only then is it made shareable: who sets SO_REUSEADDR,
 * as servers do, can bind and listen there as well, while nobody gets the port by binding port 0 or
 * connecting.
 */
final class PortHold {
  // Whoever forgets to close a socket of this kind loses it to the garbage collector; a channel
  // would stay open as long as the JVM.
  private final Socket socket;

  private PortHold(Socket socket) {
    this.socket = socket;
  }

  /**
   * Takes a port over TCP if it is free over UDP too, or returns null if somebody has it. UDP is
   * not held: among those who lease, whoever holds a number over TCP has it over UDP.
   */
  static @Nullable PortHold tryHold(int port, boolean shared) {
    Socket socket = new Socket();
    try {
      bindExclusively(socket, port);
      probeUdp(port);
      socket.setReuseAddress(shared);
      return new PortHold(socket);
    } catch (IOException e) {
      close(socket, e);
      if (isInUse(e)) {
        return null;
      }
      throw new LoopbackException(
          "cannot hold port "
              + port
              + ": "
              + e.getMessage()
              + "; if there are too many open files, close leases that nobody needs any more",
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

  /** Windows denies permission to ports that it has excluded, and does not say "in use". */
  private static boolean isInUse(IOException e) {
    return e instanceof BindException || String.valueOf(e.getMessage()).contains("ermission");
  }

  private static void close(Socket socket, IOException cause) {
    try {
      socket.close();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  /** Closes all of them, whatever happens to one. */
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
