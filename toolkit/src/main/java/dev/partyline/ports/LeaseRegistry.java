package dev.partyline.ports;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * The leases of this JVM, so that a failure can name the lease of a port in use. It decides
 * nothing: only the kernel knows who may have a port.
 */
final class LeaseRegistry {
  // Weak, so that an unreachable lease can be garbage collected with its sockets.
  private final Set<PortLease> leases = Collections.newSetFromMap(new WeakHashMap<>());

  synchronized void add(PortLease lease) {
    leases.add(lease);
  }

  /** Returns the open leases of the port; two if one of them has released it. */
  List<PortLease> onPort(int port) {
    return snapshot().stream()
        .filter(lease -> lease.ports().contains(port) && lease.isOpen())
        .toList();
  }

  private synchronized List<PortLease> snapshot() {
    return List.copyOf(leases);
  }
}
