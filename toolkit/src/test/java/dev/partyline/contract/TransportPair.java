package dev.partyline.contract;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** The transports at the two ends of a connection. */
enum TransportPair {
  IPV4("127.0.0.1", "127.0.0.1"),
  IPV6("::1", "::1"),
  UNIX("", ""),
  TCP_TO_UNIX("127.0.0.1", ""),
  UNIX_TO_TCP("", "127.0.0.1");

  private final String client;
  private final String server;

  TransportPair(String client, String server) {
    this.client = client;
    this.server = server;
  }

  /** Returns whether the two can only be connected by a tap in between. */
  boolean isMixed() {
    return !client.equals(server);
  }

  /** Returns whether both ends have an RST. */
  boolean isTcp() {
    return !client.isEmpty() && !server.isEmpty();
  }

  boolean isIpv6() {
    return client.contains(":");
  }

  boolean isClientUnix() {
    return client.isEmpty();
  }

  /** Returns an address for the server: any free port, or a path that does not exist yet. */
  SocketAddress serverAddress() throws IOException {
    if (!server.isEmpty()) {
      return new InetSocketAddress(InetAddress.getByName(server), 0);
    }
    Path path = Files.createTempFile("contract", ".sock");
    Files.delete(path);
    return UnixDomainSocketAddress.of(path);
  }
}
