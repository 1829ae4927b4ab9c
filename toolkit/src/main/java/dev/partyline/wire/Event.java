package dev.partyline.wire;

/**
 * One thing that one side of a connection did, and when.
 *
 * <p>Times are whole nanoseconds since the connection opened.
 */
public sealed interface Event {
  /** Returns who did it. */
  Side side();

  /** Returns when it was seen, in nanoseconds after the connection opened. */
  long nanos();

  /**
   * A chunk of bytes as one write, one read or one datagram carried it.
   *
   * @param side who sent it
   * @param nanos when it was seen, in nanoseconds after the connection opened
   * @param bytes what was sent; empty for an empty datagram
   */
  record Sent(Side side, long nanos, Bytes bytes) implements Event {}

  /**
   * A FIN: the side sends nothing more, but may still receive (RFC 9293, 3.6).
   *
   * @param side who finished
   * @param nanos when it was seen, in nanoseconds after the connection opened
   */
  record Fin(Side side, long nanos) implements Event {}

  /**
   * An RST: the side threw the connection away (RFC 9293, 3.5.3).
   *
   * @param side who reset the connection
   * @param nanos when it was seen, in nanoseconds after the connection opened
   */
  record Rst(Side side, long nanos) implements Event {}

  /**
   * The two sides start TLS here, as after STARTTLS: the client speaks next, and what is recorded
   * from here on is what was said under TLS.
   *
   * @param nanos when it was, in nanoseconds after the connection opened
   */
  record TlsStarted(long nanos) implements Event {
    @Override
    public Side side() {
      return Side.CLIENT;
    }
  }

  /**
   * Bytes that were sent but not kept, as {@link RecordingPolicy#headAndTail} has it; not compared.
   *
   * @param side who sent them
   * @param nanos when what was kept ahead of them was seen, in nanoseconds after the connection
   *     opened
   * @param byteCount how many there were, in any number of chunks
   */
  record Dropped(Side side, long nanos, long byteCount) implements Event {}
}
