package dev.partyline.ports;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * The leases of this JVM, so that a port in use can say whose it is. Nothing is decided by them:
 * the kernel alone knows who may have a port.
 */
final class LeaseRegistry {
  // Weak, for a lease that nobody can reach any more is to go with its sockets.
  private final Set<PortLease> leases = Collections.newSetFromMap(new WeakHashMap<>());

  synchronized void add(PortLease lease) {
    leases.add(lease);
  }

  /** Returns the open ones that have the port; two if one of them has released it. */
  List<PortLease> onPort(int port) {
    return snapshot().stream()
        .filter(lease -> lease.ports().contains(port) && lease.isOpen())
        .toList();
  }

  private synchronized List<PortLease> snapshot() {
    return List.copyOf(leases);
  }
}
