package dev.partyline.internal.pcap.write;

import dev.partyline.internal.text.HostAndPort;
import dev.partyline.internal.text.IpText;
import dev.partyline.wire.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * An IP address and a port.
 *
 * @param ip 4 or 16 bytes
 * @param port the port, 0 to 65535
 */
record FrameAddress(Bytes ip, int port) {
  private static final int IPV6_BYTES = 16;
  private static final Bytes MAPPED_PREFIX = Bytes.hex("00000000 00000000 0000ffff");

  /** Returns the address of a text such as {@code [fe80::1%eth0]:80}; null if it has none. */
  static @Nullable FrameAddress parse(String text) {
    HostAndPort parts = HostAndPort.parse(text);
    if (parts == null) {
      return null;
    }
    int zone = parts.host().indexOf('%');
    byte[] ip = IpText.parse(zone < 0 ? parts.host() : parts.host().substring(0, zone));
    int port = port(parts.port());
    return ip == null || port < 0 ? null : new FrameAddress(Bytes.of(ip), port);
  }

  /** Returns the port that a text ends in, or -1. */
  static int port(String text) {
    boolean isNumber = text.matches("[0-9]{1,5}");
    return isNumber && Integer.parseInt(text) <= 0xffff ? Integer.parseInt(text) : -1;
  }

  boolean isIpv6() {
    return ip.size() == IPV6_BYTES;
  }

  /** Returns the same address as IPv6, an IPv4-mapped one if need be (RFC 4291, 2.5.5.2). */
  FrameAddress toIpv6() {
    return isIpv6() ? this : new FrameAddress(MAPPED_PREFIX.plus(ip), port);
  }

  @Override
  public String toString() {
    return new HostAndPort(IpText.print(ip.toArray()), String.valueOf(port)).toString();
  }
}
