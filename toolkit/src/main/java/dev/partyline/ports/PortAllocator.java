package dev.partyline.ports;

import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.wire.LoopbackException;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Finds free ports, and holds them. */
final class PortAllocator {
  private static final int MAX_PORTS = 1_000;

  /** It tries random ports, which avoids crowded ranges, before it tries all in order. */
  private static final int MAX_RANDOM_ATTEMPTS = 16;

  private final PortMechanism mechanism;
  private final PortRange range;
  private final IntUnaryOperator random;
  private final LeaseRegistry registry;

  /**
   * Makes one.
   *
   * @param random returns a number below the one that it is given
   * @param registry where its leases are listed
   */
  PortAllocator(
      PortMechanism mechanism, PortRange range, IntUnaryOperator random, LeaseRegistry registry) {
    this.mechanism = mechanism;
    this.range = range;
    this.random = random;
    this.registry = registry;
  }

  PortMechanism mechanism() {
    return mechanism;
  }

  PortLease reserve(int count) {
    return lease(ArgumentChecks.inRange("count", count, 1, MAX_PORTS), mechanism.shared());
  }

  PortLease refusing() {
    return lease(1, false);
  }

  PortLease neverAccepting() {
    PortLease lease = reserve(1);
    try {
      lease.fillBacklog();
      return lease;
    } catch (LoopbackException e) {
      lease.close();
      throw e;
    }
  }

  private PortLease lease(int count, boolean shared) {
    // Under a lock, so that no other thread leases a port between this search and its end.
    synchronized (registry) {
      PortLease lease = new PortLease(holdPorts(count, shared), shared);
      registry.add(lease);
      return lease;
    }
  }

  private List<PortHold> holdPorts(int count, boolean shared) {
    range.check();
    PortSearch search = new PortSearch(range, registry.leasedPorts(), count, shared);
    for (int attempt = 0; attempt < MAX_RANDOM_ATTEMPTS && search.isOpen(); attempt++) {
      search.tryFrom(randomPort());
    }
    // In a range that is nearly full the ports at its beginning are in use already.
    int start = randomPort();
    search.tryAll(start, range.last());
    search.tryAll(range.first(), start - 1);
    return search.result();
  }

  private int randomPort() {
    return range.first() + random.applyAsInt(range.size());
  }
}
