package dev.partyline.ports;

import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.stream.Stream;

/**
 * The leases of this JVM: no number is leased twice, not even one that a lease has released to a
 * server, and a failure can name the lease of a port in use. Between processes the kernel alone
 * decides who has a port.
 */
final class LeaseRegistry {
  // Weak, so that an unreachable lease can be garbage collected with its sockets.
  private final Set<PortLease> leases = Collections.newSetFromMap(new WeakHashMap<>());

  synchronized void add(PortLease lease) {
    leases.add(lease);
  }

  /** Returns the open leases of the port. */
  List<PortLease> onPort(int port) {
    return openLeases().filter(lease -> lease.ports().contains(port)).toList();
  }

  /** Returns the ports of all open leases, held or released. */
  BitSet leasedPorts() {
    BitSet ports = new BitSet();
    openLeases().forEach(lease -> lease.ports().forEach(ports::set));
    return ports;
  }

  private synchronized Stream<PortLease> openLeases() {
    return List.copyOf(leases).stream().filter(PortLease::isOpen);
  }
}
