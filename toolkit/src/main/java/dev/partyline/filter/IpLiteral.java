package dev.partyline.filter;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Addresses and their texts; never a name, which would have to be looked up. */
final class IpLiteral {
  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 16;
  private static final int GROUP_COUNT = 8;

  private IpLiteral() {}

  /** Returns the address of this text, an IPv4-mapped one as that of IPv4; null if it is none. */
  static @Nullable InetAddress parse(String text) {
    if (text.indexOf(':') < 0) {
      byte[] bytes = parseDotted(text);
      return bytes != null && bytes.length == IPV4_BYTES ? of(bytes) : null;
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
  static byte @Nullable [] parseDotted(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length > IPV4_BYTES) {
      return null;
    }
    byte[] bytes = new byte[parts.length];
    for (int i = 0; i < parts.length; i++) {
      int value = Numbers.parse(parts[i], 255);
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
    return bytes(address).length == IPV6_BYTES;
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
        IntStream.range(0, GROUP_COUNT)
            .mapToObj(i -> Integer.toHexString((bytes[2 * i] & 255) << 8 | bytes[2 * i + 1] & 255))
            .toArray(String[]::new);
    int longestStart = 0;
    int longestRun = 1;
    for (int runStart = 0; runStart < GROUP_COUNT; runStart++) {
      int runEnd = runStart;
      while (runEnd < GROUP_COUNT && groups[runEnd].equals("0")) {
        runEnd++;
      }
      if (runEnd - runStart > longestRun) {
        longestStart = runStart;
        longestRun = runEnd - runStart;
      }
    }
    return longestRun == 1
        ? String.join(":", groups)
        : join(groups, 0, longestStart)
            + "::"
            + join(groups, longestStart + longestRun, GROUP_COUNT);
  }

  private static String join(String[] groups, int start, int end) {
    return Arrays.stream(groups, start, end).collect(Collectors.joining(":"));
  }
}
