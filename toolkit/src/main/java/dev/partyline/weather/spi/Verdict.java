package dev.partyline.weather.spi;

import dev.partyline.wire.Bytes;

/**
 * What a {@link ImpairmentBehavior} has done with what waits at its fault.
 *
 * <p>Times are nanoseconds of the clock of {@link PendingInput#now()}. Nothing overtakes on a
 * stream: what would leave before its predecessor leaves with it. Sizes are in bytes; a datagram is
 * taken whole.
 */
public sealed interface Verdict {
  /** The time that never comes. */
  long NEVER = Long.MAX_VALUE;

  /** Nothing leaves until something more comes. */
  Verdict WAIT = new Hold(NEVER);

  /**
   * The first bytes go on at once.
   *
   * @param size how many, at most {@link PendingInput#size()}
   */
  record Pass(int size) implements Verdict {}

  /**
   * The first bytes go on at a time, as one write.
   *
   * @param size how many, at most {@link PendingInput#totalBytes()}: beyond {@link
   *     PendingInput#size()} what came in several pieces is joined
   * @param time when they leave
   */
  record Deliver(int size, long time) implements Verdict {}

  /**
   * Other bytes go on in place of the first ones, at once.
   *
   * @param size how many are replaced, at most {@link PendingInput#size()}
   * @param bytes what goes on
   */
  record Replace(int size, Bytes bytes) implements Verdict {}

  /**
   * The first bytes are swallowed.
   *
   * @param size how many, at most {@link PendingInput#size()}
   */
  record Drop(int size) implements Verdict {}

  /**
   * Nothing leaves yet; the course is asked again when more has come, and at the latest then.
   *
   * @param deadline when to ask again, after {@link PendingInput#now()}, or {@link #NEVER}
   */
  record Hold(long deadline) implements Verdict {}

  /**
   * The connection ends, in both directions; all that waits and comes is swallowed.
   *
   * @param type by FIN or RST
   * @param time when it ends, now at the latest
   */
  record CloseConnection(CloseType type, long time) implements Verdict {}

  /**
   * This direction ends by a FIN; all that waits and comes is swallowed.
   *
   * @param time when it ends, now at the latest
   */
  record HalfClose(long time) implements Verdict {}

  /** The datagram goes on at once, twice. */
  record Duplicate() implements Verdict {}

  /**
   * The datagram waits while others pass it.
   *
   * @param datagrams how many datagrams go before it, at least 1
   * @param deadline when it leaves at the latest
   */
  record Reorder(int datagrams, long deadline) implements Verdict {}
}
