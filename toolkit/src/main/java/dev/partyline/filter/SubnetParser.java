package dev.partyline.filter;

import dev.partyline.internal.text.IpText;
import java.net.InetAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Parses a subnet, such as {@code 10.0.0.0/8}. */
final class SubnetParser {
  private static final int IPV4_BYTES = 4;

  /** How many bits precede the IPv4 address in an IPv4-mapped one. */
  private static final int MAPPED_PREFIX_BITS = 96;

  private final FilterLexer lexer;
  private final Token firstToken;

  SubnetParser(FilterLexer lexer, Token firstToken) {
    this.lexer = lexer;
    this.firstToken = firstToken;
  }

  Subnet parse() {
    byte @Nullable [] dottedBytes = IpText.parseDotted(firstToken.word());
    InetAddress address =
        dottedBytes == null
            ? IpLiteral.parse(firstToken.word())
            : IpLiteral.of(Arrays.copyOf(dottedBytes, IPV4_BYTES));
    if (address == null) {
      throw lexer.expected(
          "a net such as 10.0.0.0/8, 192.168 or 2001:db8::/32 (a name is never looked up)",
          firstToken);
    }
    if (lexer.consume("/")) {
      return requireZeroHostBits(Subnet.of(address, length(address)));
    }
    if (dottedBytes != null && lexer.consume("mask")) {
      return requireZeroHostBits(new Subnet(address, mask()));
    }
    return dottedBytes == null
        ? Subnet.host(address)
        : requireZeroHostBits(Subnet.of(address, 8 * dottedBytes.length));
  }

  private int length(InetAddress address) {
    Token token = lexer.next();
    boolean isWrittenAsIpv6 = firstToken.text().indexOf(':') >= 0;
    int minLength = isWrittenAsIpv6 && !IpLiteral.isIpv6(address) ? MAPPED_PREFIX_BITS : 0;
    int maxLength = isWrittenAsIpv6 ? 128 : 32;
    int length = (int) Numbers.parse(token.word(), maxLength);
    if (length < minLength) {
      throw lexer.expected("a number of bits from " + minLength + " to " + maxLength, token);
    }
    return length - minLength;
  }

  private InetAddress mask() {
    Token token = lexer.next();
    byte @Nullable [] mask = IpText.parseDotted(token.word());
    if (mask == null) {
      throw lexer.expected("a mask such as 255.255.0.0", token);
    }
    return IpLiteral.of(Arrays.copyOf(mask, IPV4_BYTES));
  }

  private Subnet requireZeroHostBits(Subnet subnet) {
    if (!subnet.contains(subnet.address())) {
      throw lexer.expected("only zeros after the bits of the net", firstToken);
    }
    return subnet;
  }
}
