package dev.partyline.loopback;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Finds ports that nobody has, and holds them. */
final class PortAllocator {
  private static final int MOST = 1_000;

  /** So often it looks somewhere else, which passes by what is crowded, before it goes by order. */
  private static final int JUMPS = 16;

  private final PortMechanism mechanism;
  private final PortRange range;
  private final IntUnaryOperator chance;
  private final LeaseRegistry leases;

  /**
   * Makes one.
   *
   * @param chance returns a number below the one that it is given
   * @param leases where its leases can be found
   */
  PortAllocator(
      PortMechanism mechanism, PortRange range, IntUnaryOperator chance, LeaseRegistry leases) {
    this.mechanism = mechanism;
    this.range = range;
    this.chance = chance;
    this.leases = leases;
  }

  PortMechanism mechanism() {
    return mechanism;
  }

  PortLease reserve(int count) {
    if (count < 1 || count > MOST) {
      throw new IllegalArgumentException("count (" + count + ") must be in 1.." + MOST);
    }
    return lease(count, mechanism.shared());
  }

  PortLease refused() {
    return lease(1, false);
  }

  PortLease silent() {
    PortLease lease = reserve(1);
    try {
      lease.silence();
      return lease;
    } catch (LoopbackException e) {
      lease.close();
      throw e;
    }
  }

  private PortLease lease(int count, boolean shared) {
    PortLease lease = new PortLease(hold(count, shared), shared);
    leases.add(lease);
    return lease;
  }

  private List<PortHold> hold(int count, boolean shared) {
    range.check();
    List<PortHold> held = new ArrayList<>();
    for (int jump = 0; jump < JUMPS && held.isEmpty(); jump++) {
      take(range.first() + chance.applyAsInt(range.size()), count, shared, held);
    }
    int port = range.first();
    while (port <= range.last() && held.isEmpty()) {
      port = take(port, count, shared, held);
    }
    if (held.isEmpty()) {
      throw new LoopbackException(
          "cannot lease "
              + (count == 1 ? "a port" : count + " adjacent ports")
              + ": none left in "
              + range
              + "; close leases that nobody needs any more, or choose other ports with -D"
              + PortRange.PROPERTY
              + "=15000-19999");
    }
    return held;
  }

  /** Takes all of these ports or none, and returns the first one that may go better. */
  private int take(int from, int count, boolean shared, List<PortHold> held) {
    if (!range.has(from, count)) {
      return from + 1;
    }
    List<PortHold> taken = new ArrayList<>();
    try {
      PortHold hold = PortHold.take(from, shared);
      while (hold != null) {
        taken.add(hold);
        if (taken.size() == count) {
          held.addAll(taken);
          taken.clear();
          return from + count;
        }
        hold = PortHold.take(from + taken.size(), shared);
      }
      return from + taken.size() + 1;
    } finally {
      PortHold.closeAll(taken);
    }
  }
}
