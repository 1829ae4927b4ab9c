package dev.partyline.filter;

import dev.partyline.wire.Transport;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The protocol that a filter requires of a flow: the proto of pcap-filter(7). */
enum Protocol {
  ANY,
  TCP,
  UDP,
  UNIX,
  IP,
  IP6;

  static @Nullable Protocol named(String word) {
    return Stream.of(TCP, UDP, UNIX, IP, IP6)
        .filter(each -> each.word().equals(word))
        .findFirst()
        .orElse(null);
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
      case UDP -> flow.transport() == Transport.UDP;
      case UNIX -> flow.transport() == Transport.UNIX;
      case IP, IP6 -> isOf(flow.source()) || isOf(flow.destination());
    };
  }

  /** Returns whether this protocol can have such an address. */
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
