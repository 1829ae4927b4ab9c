package dev.partyline.internal.pcap.streams;

import java.util.Arrays;
import java.util.BitSet;

/** One IP datagram of which fragments come; of what comes twice, the first counts. */
final class FragmentedDatagram {
  /** What fragments begin at a multiple of. */
  private static final int UNIT = 8;

  /** The longest that IP can carry. */
  static final int MAX_BYTES = 65_535;

  private final long startNanos;
  private final BitSet units = new BitSet();
  private byte[] bytes = {};
  private int totalLength = -1;
  private int protocol;

  FragmentedDatagram(long startNanos) {
    this.startNanos = startNanos;
  }

  long startNanos() {
    return startNanos;
  }

  /** Adds a fragment; one that cannot be is left out. */
  void add(IpPacket fragment) {
    int start = fragment.fragmentOffset();
    int length = fragment.capturedLength();
    boolean isCut = length < fragment.payloadLength();
    boolean hasWholeUnits = length % UNIT == 0;
    if (isCut || length == 0 || start + length > MAX_BYTES) {
      return;
    }
    if (fragment.hasMoreFragments() && !hasWholeUnits) {
      return;
    }
    if (start + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.min(MAX_BYTES, Math.max(2 * bytes.length, start + length)));
    }
    for (int offset = 0; offset < length; offset += UNIT) {
      int unit = (start + offset) / UNIT;
      if (!units.get(unit)) {
        units.set(unit);
        int part = Math.min(UNIT, length - offset);
        System.arraycopy(
            fragment.array(), fragment.payloadOffset() + offset, bytes, start + offset, part);
      }
    }
    if (!fragment.hasMoreFragments() && totalLength < 0) {
      totalLength = start + length;
    }
    protocol = start == 0 ? fragment.protocol() : protocol;
  }

  boolean isComplete() {
    return totalLength >= 0 && units.nextClearBit(0) * UNIT >= totalLength;
  }

  /** Has the packet go on with the whole payload; returns whether that makes sense. */
  boolean putInto(IpPacket packet) {
    return packet.setReassembled(bytes, totalLength, protocol);
  }

  /** Gives back its memory: only that it was complete is still to be known. */
  void release() {
    bytes = new byte[0];
  }
}
