package dev.partyline.filter;

import dev.partyline.internal.text.IpText;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Literal addresses; never a name, which would have to be looked up. */
final class IpLiteral {
  private static final int IPV6_BYTES = 16;

  private IpLiteral() {}

  /** Returns the address of a text, an IPv4-mapped one as IPv4; null if it is not an address. */
  static @Nullable InetAddress parse(String text) {
    byte[] bytes = IpText.parse(text);
    return bytes == null ? null : of(bytes);
  }

  /** Returns the address of 4 or 16 bytes, an IPv4-mapped one as IPv4. */
  static InetAddress of(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + bytes.length, e);
    }
  }

  static boolean isIpv6(InetAddress address) {
    return bytes(address).length == IPV6_BYTES;
  }

  /** Returns the bytes of an address, an IPv4-mapped one as IPv4. */
  static byte[] bytes(InetAddress address) {
    return of(address.getAddress()).getAddress();
  }

  /** Returns the text of an address, an IPv4-mapped one as IPv4. */
  static String text(InetAddress address) {
    return IpText.print(bytes(address));
  }
}
