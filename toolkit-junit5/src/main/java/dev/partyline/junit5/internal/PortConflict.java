package dev.partyline.junit5.internal;

import dev.partyline.loopback.Listener;
import dev.partyline.loopback.Tap;
import dev.partyline.ports.PortLease;
import dev.partyline.ports.Ports;
import dev.partyline.wire.LoopbackException;
import dev.partyline.wire.Recorded;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who has the ports of a test in which an address was already in use: the exception of the code
 * under test names no port.
 */
final class PortConflict {
  private static final int MAX_PORTS = 5;
  private static final int MAX_CAUSES = 50;

  private PortConflict() {}

  /**
   * Returns a line for each socket and lease that has a port of the test, or of a class around it;
   * none if the failure has another reason, or says itself who has the port.
   */
  static List<String> describe(@Nullable Throwable failure, TestEndpoints endpoints) {
    if (!isAddressInUse(failure)) {
      return List.of();
    }
    return ports(endpoints).stream()
        .limit(MAX_PORTS)
        .flatMap(port -> Ports.whoHas(port).lines())
        .toList();
  }

  private static boolean isAddressInUse(@Nullable Throwable failure) {
    boolean inUse = false;
    Throwable cause = failure;
    for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
      if (cause instanceof LoopbackException) {
        return false;
      }
      String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
      // Netty's exception for its native transport is no BindException.
      inUse |= cause instanceof BindException || message.contains("address already in use");
      cause = cause.getCause();
    }
    return inUse;
  }

  private static Set<Integer> ports(TestEndpoints innermost) {
    Set<Integer> ports = new TreeSet<>();
    for (TestEndpoints current = innermost; current != null; current = current.parent()) {
      current.leases().stream().map(PortLease::ports).forEach(ports::addAll);
      current.resources().forEach(resource -> ports.addAll(ports(resource.endpoint())));
    }
    return ports;
  }

  private static List<Integer> ports(Recorded endpoint) {
    List<SocketAddress> addresses = new ArrayList<>();
    if (endpoint instanceof Listener listener) {
      addresses.add(listener.address());
    } else if (endpoint instanceof Tap tap) {
      addresses.add(tap.address());
    }
    return addresses.stream()
        .filter(InetSocketAddress.class::isInstance)
        .map(address -> ((InetSocketAddress) address).getPort())
        .toList();
  }
}
