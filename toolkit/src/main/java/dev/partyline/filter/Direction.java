package dev.partyline.filter;

import java.net.InetSocketAddress;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which ends of a flow are meant: the dir of pcap-filter(7). */
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

  boolean test(Flow flow, Predicate<InetSocketAddress> wanted) {
    return switch (this) {
      case EITHER -> holds(flow.source(), wanted) || holds(flow.destination(), wanted);
      case SOURCE -> holds(flow.source(), wanted);
      case DESTINATION -> holds(flow.destination(), wanted);
      case BOTH -> holds(flow.source(), wanted) && holds(flow.destination(), wanted);
    };
  }

  private static boolean holds(
      @Nullable InetSocketAddress end, Predicate<InetSocketAddress> wanted) {
    return end != null && wanted.test(end);
  }
}
