package dev.partyline.watch;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Many sockets in many states, and how to tell them from those of others. */
final class OwnSockets implements Closeable {
  private final List<Closeable> open = new ArrayList<>();
  private final Set<Integer> ports = new HashSet<>();

  /**
   * Opens listeners, connections and UDP sockets over IPv4 and IPv6.
   *
   * @param connections how many there are over each; two thirds of them stay open, of a sixth one
   *     end has closed, of another sixth both have
   */
  void open(int connections) throws IOException {
    for (String host : List.of("127.0.0.1", "::1")) {
      InetAddress address = InetAddress.getByName(host);
      ServerSocket listener = keep(new ServerSocket(0, 100, address));
      ports.add(listener.getLocalPort());
      for (int i = 0; i < connections; i++) {
        Socket client = connect(listener);
        Socket server = keep(listener.accept());
        client.getOutputStream().write("x".repeat(i % 7).getBytes(US_ASCII));
        if (i % 6 >= 4) {
          client.close();
        }
        if (i % 6 == 5) {
          // What is read first is not answered by a reset.
          server.getInputStream().readAllBytes();
          server.close();
        }
      }
      for (int i = 0; i < 9; i++) {
        connect(listener);
      }
      openUdp(address);
    }
  }

  private void openUdp(InetAddress address) throws IOException {
    DatagramSocket bound = keep(new DatagramSocket(0, address));
    ports.add(bound.getLocalPort());
    for (int i = 0; i < 20; i++) {
      DatagramSocket connected = keep(new DatagramSocket(0, address));
      connected.connect(bound.getLocalSocketAddress());
      ports.add(connected.getLocalPort());
    }
  }

  private Socket connect(ServerSocket listener) throws IOException {
    Socket client = keep(new Socket());
    client.connect(new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort()));
    ports.add(client.getLocalPort());
    return client;
  }

  private <T extends Closeable> T keep(T socket) {
    open.add(socket);
    return socket;
  }

  boolean has(ConnectionRow row) {
    InetSocketAddress local = row.local();
    InetSocketAddress remote = row.remote();
    return local != null
        && hasPort(local.getPort())
        && (remote == null || hasPort(remote.getPort()));
  }

  boolean hasPort(int port) {
    return ports.contains(port);
  }

  @Override
  public void close() throws IOException {
    for (Closeable each : open) {
      each.close();
    }
  }
}
