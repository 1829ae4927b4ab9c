package dev.partyline.weather.spi;

import dev.partyline.wire.Bytes;

/**
 * What an {@link ImpairmentBehavior} decides about {@link PendingInput}.
 *
 * <p>Times are nanoseconds of the clock of {@link PendingInput#now()}. A stream stays in order:
 * what would leave before its predecessor leaves with it. Sizes are in bytes; that of a datagram
 * must be all of it.
 */
public sealed interface Verdict {
  /** A time that never comes. */
  long NEVER = Long.MAX_VALUE;

  /** Nothing leaves until something more arrives. */
  Verdict WAIT = new Hold(NEVER);

  /**
   * The first bytes leave at once.
   *
   * @param size how many, at most {@link PendingInput#size()}
   */
  record Pass(int size) implements Verdict {}

  /**
   * The first bytes leave at a time, as one write.
   *
   * @param size how many, at most {@link PendingInput#totalBytes()}; if more than {@link
   *     PendingInput#size()}, chunks are joined
   * @param time when they leave
   */
  record Deliver(int size, long time) implements Verdict {}

  /**
   * The first bytes leave at a time, as one write that the peer reads by itself: not before it has
   * read all that left before. That is a hit, unless the peer does not read for 2 s, after which
   * they leave all the same. For streams only.
   *
   * @param size how many, at most {@link PendingInput#totalBytes()}
   * @param time when they leave at the earliest
   */
  record Separate(int size, long time) implements Verdict {}

  /**
   * Other bytes leave in place of the first ones, at once.
   *
   * @param size how many are replaced, at most {@link PendingInput#size()}
   * @param bytes what leaves
   */
  record Replace(int size, Bytes bytes) implements Verdict {
    /** Returns how many bytes leave and not which, because they may be part of a secret. */
    @Override
    public String toString() {
      return "Replace[size=" + size + ", byteCount=" + bytes.size() + "]";
    }
  }

  /**
   * The first bytes are dropped.
   *
   * @param size how many, at most {@link PendingInput#size()}
   */
  record Drop(int size) implements Verdict {}

  /**
   * Nothing leaves yet; the behavior is called again when more arrives, or at the deadline.
   *
   * @param deadline when to call again, after {@link PendingInput#now()}, or {@link #NEVER}
   */
  record Hold(long deadline) implements Verdict {}

  /**
   * The connection ends in both directions; all that is pending and arrives later is dropped.
   *
   * @param type by FIN or RST
   * @param time when it ends, now at the latest
   */
  record CloseConnection(CloseType type, long time) implements Verdict {}

  /**
   * This direction ends by a FIN; all that is pending and arrives later is dropped.
   *
   * @param time when it ends, now at the latest
   */
  record HalfClose(long time) implements Verdict {}

  /** The datagram leaves at once, twice. */
  record Duplicate() implements Verdict {}

  /**
   * The datagram waits until others have overtaken it.
   *
   * @param datagrams how many datagrams leave before it, at least 1
   * @param deadline when it leaves at the latest
   */
  record Reorder(int datagrams, long deadline) implements Verdict {}
}
