package dev.partyline.filter;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Addresses and their texts; never a name, which would have to be looked up. */
final class IpLiteral {
  private static final int IPV4 = 4;
  private static final int IPV6 = 16;
  private static final int GROUPS = 8;

  private IpLiteral() {}

  /** Returns the address of this text, an IPv4-mapped one as that of IPv4; null if it is none. */
  static @Nullable InetAddress read(String text) {
    if (text.indexOf(':') < 0) {
      byte[] dotted = dotted(text);
      return dotted != null && dotted.length == IPV4 ? of(dotted) : null;
    }
    if (!text.matches("[0-9a-fA-F:.]+")) {
      return null;
    }
    try {
      // In brackets, it is taken as an address or not at all.
      return InetAddress.getByName("[" + text + "]");
    } catch (UnknownHostException e) {
      return null;
    }
  }

  /** Reads one to four numbers with dots between them; null if it is anything else. */
  static byte @Nullable [] dotted(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length > IPV4) {
      return null;
    }
    byte[] bytes = new byte[parts.length];
    for (int i = 0; i < parts.length; i++) {
      int value = Numbers.read(parts[i], 255);
      if (value < 0) {
        return null;
      }
      bytes[i] = (byte) value;
    }
    return bytes;
  }

  /** Returns the address of 4 or 16 bytes, an IPv4-mapped one as that of IPv4. */
  static InetAddress of(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + bytes.length, e);
    }
  }

  static boolean isIpv6(InetAddress address) {
    return bytes(address).length == IPV6;
  }

  /** Returns the bytes of an address, those of an IPv4-mapped one as in IPv4. */
  static byte[] bytes(InetAddress address) {
    return of(address.getAddress()).getAddress();
  }

  /** Returns the address as RFC 5952 has it: the longest run of zero groups as two colons. */
  static String text(InetAddress address) {
    if (!isIpv6(address)) {
      return address.getHostAddress();
    }
    byte[] bytes = bytes(address);
    String[] groups =
        IntStream.range(0, GROUPS)
            .mapToObj(i -> Integer.toHexString((bytes[2 * i] & 255) << 8 | bytes[2 * i + 1] & 255))
            .toArray(String[]::new);
    int start = 0;
    int longest = 1;
    for (int from = 0; from < GROUPS; from++) {
      int to = from;
      while (to < GROUPS && groups[to].equals("0")) {
        to++;
      }
      if (to - from > longest) {
        start = from;
        longest = to - from;
      }
    }
    return longest == 1
        ? String.join(":", groups)
        : join(groups, 0, start) + "::" + join(groups, start + longest, GROUPS);
  }

  private static String join(String[] groups, int from, int to) {
    return Arrays.stream(groups, from, to).collect(Collectors.joining(":"));
  }
}
