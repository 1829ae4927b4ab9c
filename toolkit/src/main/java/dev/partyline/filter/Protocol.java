package dev.partyline.filter;

import dev.partyline.wire.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The protocol that a filter requires of a flow: the proto of pcap-filter(7). */
enum Protocol {
  ANY,
  TCP,
  TCP6,
  UDP,
  UDP6,
  UNIX,
  IP,
  IP6;

  static @Nullable Protocol named(String word) {
    return Arrays.stream(values())
        .filter(each -> each != ANY && each.word().equals(word))
        .findFirst()
        .orElse(null);
  }

  /** Returns the words of all protocols, with commas between them. */
  static String words() {
    return Arrays.stream(values())
        .filter(each -> each != ANY)
        .map(Protocol::word)
        .collect(Collectors.joining(", "));
  }

  /** Returns the transport that it is over, TCP or UDP; else itself. */
  Protocol withoutVersion() {
    return this == TCP6 ? TCP : this == UDP6 ? UDP : this;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  String prefix() {
    return this == ANY ? "" : word() + " ";
  }

  boolean carries(Flow flow) {
    return switch (this) {
      case ANY -> true;
      case TCP -> flow.transport() == Transport.TCP;
      case TCP6 -> flow.transport() == Transport.TCP && flow.ipVersion() == 6;
      case UDP -> flow.transport() == Transport.UDP;
      case UDP6 -> flow.transport() == Transport.UDP && flow.ipVersion() == 6;
      case UNIX -> flow.transport() == Transport.UNIX;
      case IP, IP6 -> isOf(flow.source()) || isOf(flow.destination());
    };
  }

  /** Returns whether this protocol can have such an address; a socket for IPv6 can have IPv4. */
  boolean allows(InetAddress address) {
    return switch (this) {
      case IP -> !IpLiteral.isIpv6(address);
      case IP6 -> IpLiteral.isIpv6(address);
      default -> true;
    };
  }

  private boolean isOf(@Nullable InetSocketAddress endpoint) {
    return endpoint != null && endpoint.getAddress() != null && allows(endpoint.getAddress());
  }
}
