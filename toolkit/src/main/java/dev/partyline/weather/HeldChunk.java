package dev.partyline.weather;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;

/** What would leave one direction of a connection next, but is held. */
final class HeldChunk {
  final int connection;
  final Side sender;
  final long arrivedAt;
  final Bytes bytes;

  /** Written under the lock of its {@link Holds}. */
  volatile State state = State.HELD;

  /** Words for it and what is behind it, such as {@code 6 bytes and the FIN}. */
  volatile String total = "";

  private final String text;

  enum State {
    HELD,
    /** It is to leave, and what is behind it is not. */
    STEPPED,
    /** It is to leave, with all that is behind it. */
    RELEASED,
    PASSED,
    /** The connection has ended before. */
    DROPPED
  }

  /**
   * Makes one.
   *
   * @param text words for it, such as {@code byte 0 of the server}
   */
  HeldChunk(int connection, Side sender, TimedChunk chunk, String text) {
    this.connection = connection;
    this.sender = sender;
    this.arrivedAt = chunk.arrivedAt;
    this.bytes = Bytes.of(chunk.toArray());
    this.text = text;
  }

  boolean isOf(Side side, int[] connections) {
    return sender == side && HeldConnections.matches(connections, connection);
  }

  boolean isOnItsWay() {
    return state == State.HELD || state == State.STEPPED;
  }

  String totalWords() {
    return total + " of the " + sender + " on connection " + connection;
  }

  @Override
  public String toString() {
    return text + " on connection " + connection;
  }
}
