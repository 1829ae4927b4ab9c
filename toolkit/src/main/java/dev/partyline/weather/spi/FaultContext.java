package dev.partyline.weather.spi;

/** Where a fault meets one direction of one connection: its chances, and the report. */
public interface FaultContext {
  /** Returns the direction and its connection. */
  ConnectionDirection direction();

  /**
   * Returns when they met: when the connection was opened, or when the fault was put up or its
   * first byte came if that is later.
   */
  long startedAt();

  /**
   * Returns a random number from 0 to below 1 that depends on nothing but the seed, the fault's
   * name, the connection, the direction and this index.
   */
  default double draw(long index) {
    return draw(index, 0);
  }

  /** Returns another random number for the same index. */
  double draw(long index, int variant);

  /**
   * Puts into the report that the fault has done something. The first thing that a course does is
   * reported without being told.
   *
   * @param offset the offset in the stream or the number of the datagram; -1 for neither
   * @param detail what was done, or nothing
   */
  void reportHit(long offset, String detail);
}
