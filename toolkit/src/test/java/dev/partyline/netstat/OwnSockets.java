package dev.partyline.netstat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Many sockets in many states, and how to distinguish them from those of other processes. */
final class OwnSockets implements Closeable {
  private final List<Closeable> sockets = new ArrayList<>();

  /** Both ends of each, because one alone may have the port of an earlier connection. */
  private final Set<String> keys = new HashSet<>();

  /**
   * Opens listeners, connections and UDP sockets over IPv4 and IPv6.
   *
   * @param connections how many there are over each; two thirds of them stay open, of a sixth one
   *     end has closed, of another sixth both have
   */
  void open(int connections) throws IOException {
    for (String host : List.of("127.0.0.1", "::1")) {
      InetAddress address = InetAddress.getByName(host);
      ServerSocket listener = register(new ServerSocket(0, 100, address));
      keys.add(key(listener.getLocalSocketAddress(), null));
      for (int i = 0; i < connections; i++) {
        Socket client = connect(listener);
        Socket server = register(listener.accept());
        client.getOutputStream().write("x".repeat(i % 7).getBytes(US_ASCII));
        if (i % 6 >= 4) {
          client.close();
        }
        if (i % 6 == 5) {
          // Unread bytes would make the close a reset.
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
    DatagramSocket bound = register(new DatagramSocket(0, address));
    keys.add(key(bound.getLocalSocketAddress(), null));
    for (int i = 0; i < 20; i++) {
      DatagramSocket connected = register(new DatagramSocket(0, address));
      connected.connect(bound.getLocalSocketAddress());
      keys.add(key(connected.getLocalSocketAddress(), bound.getLocalSocketAddress()));
    }
  }

  private Socket connect(ServerSocket listener) throws IOException {
    Socket client = register(new Socket());
    client.connect(new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort()));
    keys.add(key(client.getLocalSocketAddress(), client.getRemoteSocketAddress()));
    keys.add(key(client.getRemoteSocketAddress(), client.getLocalSocketAddress()));
    return client;
  }

  private <T extends Closeable> T register(T socket) {
    sockets.add(socket);
    return socket;
  }

  boolean has(ConnectionRow row) {
    return has(AddressText.literal(row.local()), AddressText.literal(row.remote()));
  }

  /** Returns whether one of these sockets has such ends; {@code *} stands for no end. */
  boolean has(String local, String remote) {
    return keys.contains(local + " " + remote);
  }

  private static String key(SocketAddress local, @Nullable SocketAddress remote) {
    return AddressText.literal((InetSocketAddress) local)
        + " "
        + AddressText.literal((InetSocketAddress) remote);
  }

  @Override
  public void close() throws IOException {
    for (Closeable each : sockets) {
      each.close();
    }
  }
}
