package dev.partyline.weather.spi;

/**
 * What a fault may use while it acts on one direction of a connection: random numbers and the
 * report.
 */
public interface FaultContext {
  /** Returns the direction and its connection. */
  ConnectionDirection direction();

  /**
   * Returns when the fault started to act here: when the connection was opened, or the fault was
   * injected or its first byte came if that is later.
   */
  long startedAt();

  /**
   * Returns the time with which this was called first for the fault, in any direction of any
   * connection: for a fault that starts in all of them at once.
   */
  long commonStart(long time);

  /**
   * Returns a random number from 0 to below 1 that depends only on the seed, the fault's name, the
   * connection, the direction and this index.
   */
  default double draw(long index) {
    return draw(index, 0);
  }

  /** Returns another random number for the same index. */
  double draw(long index, int variant);

  /**
   * Reports that the fault has done something. If a behavior does not report the first thing it
   * does, that is reported for it.
   *
   * @param offset the offset in the stream or the number of the datagram; -1 for neither
   * @param detail what was done; may be empty
   */
  void reportHit(long offset, String detail);
}
