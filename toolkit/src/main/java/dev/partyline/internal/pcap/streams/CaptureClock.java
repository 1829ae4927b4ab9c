package dev.partyline.internal.pcap.streams;

import dev.partyline.wire.Ticker;
import java.time.Instant;

/** The time of the packet that is read, in nanoseconds after the first one; never before that. */
final class CaptureClock implements Ticker {
  private long originNanos = -1;
  private long nanos;
  private long lastNanos;

  /** Sets it to when a packet was captured, in nanoseconds since 1970. */
  void setToPacket(long epochNanos) {
    originNanos = originNanos < 0 ? epochNanos : originNanos;
    set(Math.max(0, epochNanos - originNanos));
    lastNanos = Math.max(lastNanos, nanos);
  }

  /** Sets it back, because times within a conversation never decrease. */
  void set(long newNanos) {
    nanos = newNanos;
  }

  /** Sets it to the latest packet. */
  void setToLast() {
    nanos = lastNanos;
  }

  /** Returns the time of the first packet; 1970-01-01T00:00Z if there was none. */
  Instant origin() {
    return Instant.EPOCH.plusNanos(Math.max(0, originNanos));
  }

  @Override
  public long nanos() {
    return nanos;
  }
}
