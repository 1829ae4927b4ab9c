package dev.partyline.loopback;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;

/** What can be asked of an address; never a name that would have to be looked up. */
final class Addresses {
  private Addresses() {}

  /** Returns 127.0.0.1. */
  static InetAddress loopback() {
    return address(127, 0, 0, 1);
  }

  /** Returns ::1. */
  static InetAddress loopback6() {
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

  static int checkPort(int port, int lowest) {
    if (port < lowest || port > 65_535) {
      throw new IllegalArgumentException("port (" + port + ") must be in " + lowest + "..65535");
    }
    return port;
  }

  static InetSocketAddress inet(Object owner, SocketAddress address) {
    if (address instanceof InetSocketAddress inet) {
      return inet;
    }
    throw new IllegalStateException(owner + " has no host and port, but a path: ask for path()");
  }

  static Path path(Object owner, SocketAddress address) {
    if (address instanceof UnixDomainSocketAddress unix) {
      return unix.getPath();
    }
    throw new IllegalStateException(owner + " has no path: ask for host() and port()");
  }
}
