package dev.partyline.internal.pcap.streams;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the fragments of IP datagrams together (RFC 791, 3.2; RFC 8200, 4.5). */
final class IpFragments {
  /** Each takes at most 64 KiB. */
  private static final int MAX_DATAGRAMS = 256;

  /** How long Linux waits for the rest, after which the same id is that of another datagram. */
  private static final long MAX_AGE_NANOS = 30_000_000_000L;

  private final Map<Key, FragmentedDatagram> datagrams = new LinkedHashMap<>();
  private long incompleteCount;

  /** What the fragments of a datagram have in common; the protocol counts for IPv4 only. */
  private record Key(
      int version,
      long sourceHigh,
      long sourceLow,
      long destinationHigh,
      long destinationLow,
      long id,
      int protocol) {
    static Key of(IpPacket fragment) {
      return new Key(
          fragment.version(),
          fragment.sourceHigh(),
          fragment.sourceLow(),
          fragment.destinationHigh(),
          fragment.destinationLow(),
          fragment.fragmentId(),
          fragment.version() == 4 ? fragment.protocol() : 0);
    }
  }

  /**
   * Adds a fragment. If it was the last that was missing, the packet goes on as the whole datagram.
   *
   * @return whether it does
   */
  boolean add(IpPacket fragment, long nanos) {
    Key key = Key.of(fragment);
    FragmentedDatagram datagram = datagrams.get(key);
    if (datagram != null && datagram.isComplete() && fragment.fragmentOffset() > 0) {
      // It was captured twice.
      return false;
    }
    if (datagram == null || datagram.isComplete() || isOld(datagram, nanos)) {
      datagram = new FragmentedDatagram(nanos);
      onRemoved(datagrams.remove(key));
      datagrams.put(key, datagram);
      removeEldest();
    }
    datagram.add(fragment);
    if (!datagram.isComplete()) {
      return false;
    }
    boolean makesSense = datagram.putInto(fragment);
    datagram.release();
    return makesSense;
  }

  private static boolean isOld(FragmentedDatagram datagram, long nanos) {
    return nanos - datagram.startNanos() > MAX_AGE_NANOS;
  }

  private void removeEldest() {
    if (datagrams.size() > MAX_DATAGRAMS) {
      Iterator<FragmentedDatagram> eldest = datagrams.values().iterator();
      onRemoved(eldest.next());
      eldest.remove();
    }
  }

  private void onRemoved(@Nullable FragmentedDatagram datagram) {
    incompleteCount += datagram == null || datagram.isComplete() ? 0 : 1;
  }

  /** Returns how many datagrams have lacked a fragment so far, those that still do included. */
  long incompleteCount() {
    return incompleteCount
        + datagrams.values().stream().filter(datagram -> !datagram.isComplete()).count();
  }
}
