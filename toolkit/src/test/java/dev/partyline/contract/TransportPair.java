package dev.partyline.contract;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** What carries a connection at its two ends. */
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

  /** Returns whether only something in between can make a connection of it. */
  boolean isMixed() {
    return !client.equals(server);
  }

  /** Returns whether both ends know an RST. */
  boolean isTcp() {
    return !client.isEmpty() && !server.isEmpty();
  }

  boolean isIpv6() {
    return client.contains(":");
  }

  boolean isClientUnix() {
    return client.isEmpty();
  }

  /** Returns where the server may listen: any free port, or a path where nothing is yet. */
  SocketAddress serverAddress() throws IOException {
    if (!server.isEmpty()) {
      return new InetSocketAddress(InetAddress.getByName(server), 0);
    }
    Path path = Files.createTempFile("contract", ".sock");
    Files.delete(path);
    return UnixDomainSocketAddress.of(path);
  }
}
