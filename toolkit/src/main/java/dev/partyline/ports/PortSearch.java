package dev.partyline.ports;

import dev.partyline.wire.LoopbackException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Looks for adjacent ports that can be held, all of them or none. */
final class PortSearch {
  private final PortRange range;
  private final BitSet leasedPorts;
  private final int count;
  private final boolean shared;
  private final List<PortHold> holds = new ArrayList<>();

  /**
   * Makes one.
   *
   * @param leasedPorts those that leases of this JVM have, which are not tried
   * @param count how many ports are looked for
   */
  PortSearch(PortRange range, BitSet leasedPorts, int count, boolean shared) {
    this.range = range;
    this.leasedPorts = leasedPorts;
    this.count = count;
    this.shared = shared;
  }

  /** Returns whether nothing was found yet. */
  boolean isOpen() {
    return holds.isEmpty();
  }

  /** Tries each of these as the first port, until one is found. */
  void tryAll(int from, int to) {
    int port = from;
    while (port <= to && isOpen()) {
      port = tryFrom(port);
    }
  }

  /** Holds the ports from this one on, if all are free; returns the next first port to try. */
  int tryFrom(int firstPort) {
    if (!range.contains(firstPort, count)) {
      return firstPort + 1;
    }
    int leased = leasedPorts.nextSetBit(firstPort);
    if (leased >= 0 && leased < firstPort + count) {
      return leased + 1;
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
      PortHold.releaseAll(partial);
    }
  }

  /**
   * Returns what holds the ports.
   *
   * @throws LoopbackException if nothing was found
   */
  List<PortHold> result() {
    if (isOpen()) {
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
}
