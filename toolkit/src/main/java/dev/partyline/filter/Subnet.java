package dev.partyline.filter;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Arrays;

/**
 * Addresses that have some of their bits in common; if it is all of them, it is one host.
 *
 * @param mask the bits that they have in common, as many bytes as the address has
 */
record Subnet(InetAddress address, InetAddress mask) {
  static Subnet host(InetAddress address) {
    return of(address, 8 * IpLiteral.bytes(address).length);
  }

  /** Returns the subnet with a prefix of this many bits. */
  static Subnet of(InetAddress address, int length) {
    byte[] mask = new byte[IpLiteral.bytes(address).length];
    for (int bit = 0; bit < length; bit++) {
      mask[bit / 8] |= (byte) (0x80 >> bit % 8);
    }
    return new Subnet(address, IpLiteral.of(mask));
  }

  boolean contains(InetAddress other) {
    return IpLiteral.isIpv6(other) == IpLiteral.isIpv6(address)
        && bits(other).and(bits(mask)).equals(bits(address));
  }

  private static BigInteger bits(InetAddress address) {
    return new BigInteger(1, IpLiteral.bytes(address));
  }

  /**
   * Returns {@code host A}, {@code net A/LENGTH}, or {@code net A mask M} if the mask has holes.
   */
  @Override
  public String toString() {
    int addressBits = 8 * IpLiteral.bytes(address).length;
    int length = bits(mask).bitCount();
    if (length == addressBits) {
      return "host " + IpLiteral.text(address);
    }
    boolean isContiguous = Arrays.equals(of(address, length).mask.getAddress(), mask.getAddress());
    String suffix = isContiguous ? "/" + length : " mask " + IpLiteral.text(mask);
    return "net " + IpLiteral.text(address) + suffix;
  }
}
