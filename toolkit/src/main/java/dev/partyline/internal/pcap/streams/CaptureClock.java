package dev.partyline.internal.pcap.streams;

import dev.partyline.wire.Ticker;
import java.time.Instant;

/**
 * The time of the packet that is read, in nanoseconds after the first one; negative for one that
 * was captured before that, as in files that were merged.
 */
final class CaptureClock implements Ticker {
  private long originNanos = -1;
  private long nanos;
  private long packetNanos;
  private long earliestNanos;
  private long lastNanos;

  /** Sets it to when a packet was captured, in nanoseconds since 1970. */
  void setToPacket(long epochNanos) {
    originNanos = originNanos < 0 ? epochNanos : originNanos;
    packetNanos = epochNanos - originNanos;
    earliestNanos = Math.min(earliestNanos, packetNanos);
    lastNanos = Math.max(lastNanos, packetNanos);
    set(packetNanos);
  }

  /** Sets it to the packet before, for one without a time. */
  void setToPacket() {
    set(packetNanos);
  }

  /** Sets it back, because times within a conversation never decrease. */
  void set(long newNanos) {
    nanos = newNanos;
  }

  /** Sets it to the latest packet. */
  void setToLast() {
    nanos = lastNanos;
  }

  /** Returns the time of the earliest packet so far, which is not always the first. */
  long earliestNanos() {
    return earliestNanos;
  }

  /** Returns the same by the clock of the machine; 1970-01-01T00:00Z if no packet had a time. */
  Instant earliest() {
    return Instant.EPOCH.plusNanos(Math.max(0, originNanos) + earliestNanos);
  }

  @Override
  public long nanos() {
    return nanos;
  }
}
