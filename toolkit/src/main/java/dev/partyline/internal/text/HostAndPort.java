package dev.partyline.internal.text;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A text such as {@code 127.0.0.1:80} or {@code [::1]:80}.
 *
 * @param host a name or an address, without brackets
 * @param port what follows the last colon
 */
public record HostAndPort(String host, String port) {
  /** Returns the address as text; the host is a name if the address is not resolved. */
  public static String print(InetSocketAddress address) {
    String host =
        address.isUnresolved() ? address.getHostString() : IpText.print(address.getAddress());
    return new HostAndPort(host, String.valueOf(address.getPort())).toString();
  }

  /** Splits a text at its last colon; null if it has none. */
  public static @Nullable HostAndPort parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      return null;
    }
    boolean hasBrackets = colon > 1 && text.charAt(0) == '[' && text.charAt(colon - 1) == ']';
    String host = hasBrackets ? text.substring(1, colon - 1) : text.substring(0, colon);
    return new HostAndPort(host, text.substring(colon + 1));
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
