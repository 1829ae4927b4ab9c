package dev.partyline.filter;

import java.net.InetAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads a net, such as {@code 10.0.0.0/8}. */
final class SubnetParser {
  private static final int IPV4 = 4;

  /** How many bits stand before the IPv4 address in an IPv4-mapped one. */
  private static final int MAPPED = 96;

  private final FilterLexer tokens;
  private final Token start;

  SubnetParser(FilterLexer tokens, Token start) {
    this.tokens = tokens;
    this.start = start;
  }

  Subnet read() {
    byte @Nullable [] dotted = IpLiteral.dotted(start.word());
    InetAddress address =
        dotted == null ? IpLiteral.read(start.word()) : IpLiteral.of(Arrays.copyOf(dotted, IPV4));
    if (address == null) {
      throw tokens.expected(
          "a net such as 10.0.0.0/8, 192.168 or 2001:db8::/32 (a name is never looked up)", start);
    }
    if (tokens.take("/")) {
      return checked(Subnet.of(address, length(address)));
    }
    if (dotted != null && tokens.take("mask")) {
      return checked(new Subnet(address, mask()));
    }
    return dotted == null ? Subnet.host(address) : checked(Subnet.of(address, 8 * dotted.length));
  }

  private int length(InetAddress address) {
    Token here = tokens.next();
    boolean written6 = start.text().indexOf(':') >= 0;
    int least = written6 && !IpLiteral.isIpv6(address) ? MAPPED : 0;
    int most = written6 ? 128 : 32;
    int length = Numbers.read(here.word(), most);
    if (length < least) {
      throw tokens.expected("a number of bits from " + least + " to " + most, here);
    }
    return length - least;
  }

  private InetAddress mask() {
    Token here = tokens.next();
    byte @Nullable [] mask = IpLiteral.dotted(here.word());
    if (mask == null) {
      throw tokens.expected("a mask such as 255.255.0.0", here);
    }
    return IpLiteral.of(Arrays.copyOf(mask, IPV4));
  }

  private Subnet checked(Subnet net) {
    if (!net.contains(net.address())) {
      throw tokens.expected("only zeros after the bits of the net", start);
    }
    return net;
  }
}
