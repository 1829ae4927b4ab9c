package dev.partyline.filter;

import java.net.InetSocketAddress;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which ends of a flow a condition is about: the dir of pcap-filter(7). */
enum Direction {
  EITHER(""),
  SOURCE("src "),
  DESTINATION("dst "),
  BOTH("src and dst ");

  private final String prefix;

  Direction(String prefix) {
    this.prefix = prefix;
  }

  String prefix() {
    return prefix;
  }

  boolean matches(Flow flow, Predicate<InetSocketAddress> predicate) {
    return switch (this) {
      case EITHER -> matches(flow.source(), predicate) || matches(flow.destination(), predicate);
      case SOURCE -> matches(flow.source(), predicate);
      case DESTINATION -> matches(flow.destination(), predicate);
      case BOTH -> matches(flow.source(), predicate) && matches(flow.destination(), predicate);
    };
  }

  private static boolean matches(
      @Nullable InetSocketAddress endpoint, Predicate<InetSocketAddress> predicate) {
    return endpoint != null && predicate.test(endpoint);
  }
}
