package dev.partyline.internal.net;

import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.internal.text.HostAndPort;
import dev.partyline.wire.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Addresses and what they are in text; never a name that would have to be looked up. */
public final class Addresses {
  private Addresses() {}

  /** Returns 127.0.0.1. */
  public static InetAddress loopback() {
    return address(127, 0, 0, 1);
  }

  /** Returns ::1. */
  public static InetAddress loopback6() {
    return address(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
  }

  private static InetAddress address(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + bytes.length, e);
    }
  }

  /**
   * Checks the address of a server.
   *
   * @throws IllegalArgumentException if it has the port 0
   */
  public static SocketAddress checkServer(SocketAddress server) {
    if (server instanceof InetSocketAddress inet) {
      ArgumentChecks.port(inet.getPort(), 1);
    }
    return server;
  }

  /** Returns the transport of a stream to or from an address. */
  public static Transport streamTransport(SocketAddress address) {
    return address instanceof UnixDomainSocketAddress ? Transport.UNIX : Transport.TCP;
  }

  public static InetSocketAddress inet(Object owner, SocketAddress address) {
    if (address instanceof InetSocketAddress inet) {
      return inet;
    }
    throw new IllegalStateException(owner + " has no host and port, but a path: ask for path()");
  }

  public static Path path(Object owner, SocketAddress address) {
    if (address instanceof UnixDomainSocketAddress unix) {
      return unix.getPath();
    }
    throw new IllegalStateException(owner + " has no path: ask for host() and port()");
  }

  /** Returns {@code 127.0.0.1:80}, {@code [::1]:80}, a path, or {@code unnamed}. */
  public static String literal(@Nullable SocketAddress address) {
    if (address instanceof InetSocketAddress inet) {
      return HostAndPort.print(inet);
    }
    String path = address instanceof UnixDomainSocketAddress unix ? unix.getPath().toString() : "";
    return path.isEmpty() ? "unnamed" : path;
  }

  /** Returns {@code tcp 127.0.0.1:80} and the like. */
  public static String literal(Transport transport, @Nullable SocketAddress address) {
    return transport.name().toLowerCase(Locale.ROOT) + " " + literal(address);
  }
}
