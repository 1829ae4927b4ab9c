package dev.partyline.filter;

import java.net.InetAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads a net, such as {@code 10.0.0.0/8}. */
final class NetReader {
  private static final int IPV4 = 4;

  /** How many bits stand before the IPv4 address in an IPv4-mapped one. */
  private static final int MAPPED = 96;

  private final Tokens tokens;
  private final Token start;

  NetReader(Tokens tokens, Token start) {
    this.tokens = tokens;
    this.start = start;
  }

  Net read() {
    byte @Nullable [] dotted = Literal.dotted(start.word());
    InetAddress address =
        dotted == null ? Literal.read(start.word()) : Literal.of(Arrays.copyOf(dotted, IPV4));
    if (address == null) {
      throw tokens.expected(
          "a net such as 10.0.0.0/8, 192.168 or 2001:db8::/32 (a name is never looked up)", start);
    }
    if (tokens.take("/")) {
      return checked(Net.of(address, length(address)));
    }
    if (dotted != null && tokens.take("mask")) {
      return checked(new Net(address, mask()));
    }
    return dotted == null ? Net.host(address) : checked(Net.of(address, 8 * dotted.length));
  }

  private int length(InetAddress address) {
    Token here = tokens.next();
    boolean written6 = start.text().indexOf(':') >= 0;
    int least = written6 && !Literal.isIpv6(address) ? MAPPED : 0;
    int most = written6 ? 128 : 32;
    int length = Numbers.read(here.word(), most);
    if (length < least) {
      throw tokens.expected("a number of bits from " + least + " to " + most, here);
    }
    return length - least;
  }

  private InetAddress mask() {
    Token here = tokens.next();
    byte @Nullable [] mask = Literal.dotted(here.word());
    if (mask == null) {
      throw tokens.expected("a mask such as 255.255.0.0", here);
    }
    return Literal.of(Arrays.copyOf(mask, IPV4));
  }

  private Net checked(Net net) {
    if (!net.contains(net.address())) {
      throw tokens.expected("only zeros after the bits of the net", start);
    }
    return net;
  }
}
