package dev.partyline.ports;

import dev.partyline.internal.net.Addresses;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Tries whether a server can bind a port that a socket holds, while a second lease cannot.
 *
 * <p>No standard guarantees it, and the JDK leaves a change of SO_REUSEADDR after the bind
 * undefined. It works on Linux 6.18 with JDK 17 and 25 (measured); other systems were not measured.
 */
final class PortProbe {
  private static final int TIMEOUT_MILLIS = 1_000;

  private PortProbe() {}

  static PortMechanism run() {
    try (Socket holder = new Socket()) {
      PortHold.bindExclusively(holder, 0);
      holder.setReuseAddress(true);
      return probe(holder);
    } catch (IOException e) {
      return new PortMechanism(false, "no port could be held (" + e.getMessage() + ")");
    }
  }

  static PortMechanism probe(Socket holder) {
    int port = holder.getLocalPort();
    if (canHoldTwice(port)) {
      return new PortMechanism(false, "a second socket could hold a port that was held");
    }
    try {
      checkServes(port);
      checkRefused(port);
      checkServes(port);
    } catch (IOException e) {
      return new PortMechanism(
          false, "no server could be reached on a port that was held (" + e.getMessage() + ")");
    }
    return new PortMechanism(
        true, "a server could bind, stop and bind again while the port was held");
  }

  private static boolean canHoldTwice(int port) {
    try (Socket second = new Socket()) {
      PortHold.bindExclusively(second, port);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void checkRefused(int port) throws IOException {
    try (Socket client = new Socket()) {
      client.connect(new InetSocketAddress(Addresses.loopback(), port), TIMEOUT_MILLIS);
    } catch (ConnectException e) {
      return;
    }
    throw new IOException("connected where nothing listens");
  }

  private static void checkServes(int port) throws IOException {
    InetSocketAddress address = new InetSocketAddress(Addresses.loopback(), port);
    try (ServerSocket server = new ServerSocket();
        Socket client = new Socket()) {
      server.setReuseAddress(true);
      server.bind(address);
      server.setSoTimeout(TIMEOUT_MILLIS);
      client.connect(address, TIMEOUT_MILLIS);
      // After a FIN the kernel would keep the connection for a minute.
      client.setSoLinger(true, 0);
      server.accept().close();
    }
  }
}
