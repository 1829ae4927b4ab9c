package dev.partyline.ports;

import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.wire.LoopbackException;
import java.util.ArrayList;
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
    PortLease lease = new PortLease(holdPorts(count, shared), shared);
    registry.add(lease);
    return lease;
  }

  private List<PortHold> holdPorts(int count, boolean shared) {
    range.check();
    List<PortHold> holds = new ArrayList<>();
    for (int attempt = 0; attempt < MAX_RANDOM_ATTEMPTS && holds.isEmpty(); attempt++) {
      tryHold(range.first() + random.applyAsInt(range.size()), count, shared, holds);
    }
    int port = range.first();
    while (port <= range.last() && holds.isEmpty()) {
      port = tryHold(port, count, shared, holds);
    }
    if (holds.isEmpty()) {
      throw new LoopbackException(
          "cannot lease "
              + (count == 1 ? "a port" : count + " adjacent ports")
              + ": none left in "
              + range
              + "; close leases that are not needed any more, or choose other ports with -D"
              + PortRange.PROPERTY
              + "=15000-19999");
    }
    return holds;
  }

  /** Holds all of these ports or none; returns the next first port to try. */
  private int tryHold(int firstPort, int count, boolean shared, List<PortHold> holds) {
    if (!range.contains(firstPort, count)) {
      return firstPort + 1;
    }
    List<PortHold> partial = new ArrayList<>();
    try {
      PortHold hold = PortHold.tryHold(firstPort, shared);
      while (hold != null) {
        partial.add(hold);
        if (partial.size() == count) {
          holds.addAll(partial);
          partial.clear();
          return firstPort + count;
        }
        hold = PortHold.tryHold(firstPort + partial.size(), shared);
      }
      return firstPort + partial.size() + 1;
    } finally {
      PortHold.closeAll(partial);
    }
  }
}
