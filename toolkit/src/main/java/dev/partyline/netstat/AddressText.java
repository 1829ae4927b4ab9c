package dev.partyline.netstat;

import dev.partyline.wire.Bytes;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Addresses as text; never a name that would have to be looked up. */
final class AddressText {
  private static final int GROUPS = 8;

  private AddressText() {}

  /** Returns {@code 127.0.0.1:80}, {@code [::1]:80} or {@code *}. */
  static String literal(@Nullable InetSocketAddress address) {
    if (address == null) {
      return "*";
    }
    String host = host(address.getAddress());
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  /** Returns a path that no terminal obeys, empty for an unnamed socket. */
  static String path(@Nullable String path) {
    return path == null ? "" : Bytes.utf8(path).escaped();
  }

  /** Returns the address as RFC 5952 has it: the longest run of zero groups as two colons. */
  static String host(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return address.getHostAddress();
    }
    byte[] bytes = address.getAddress();
    int longestStart = -1;
    int longestLength = 1;
    for (int runStart = 0; runStart < GROUPS; runStart++) {
      int runEnd = runStart;
      while (runEnd < GROUPS && group(bytes, runEnd) == 0) {
        runEnd++;
      }
      if (runEnd - runStart > longestLength) {
        longestStart = runStart;
        longestLength = runEnd - runStart;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GROUPS; i++) {
      if (i == longestStart) {
        text.append("::");
        i += longestLength - 1;
      } else {
        text.append(i == 0 || text.charAt(text.length() - 1) == ':' ? "" : ":")
            .append(Integer.toHexString(group(bytes, i)));
      }
    }
    return text.toString();
  }

  private static int group(byte[] bytes, int index) {
    return (bytes[2 * index] & 0xff) << 8 | bytes[2 * index + 1] & 0xff;
  }
}
