package dev.partyline.wire;

/** One thing that one side of a connection did, and when. */
public sealed interface Event {
  /** Returns the side that did it. */
  Side side();

  /** Returns when it was seen, in nanoseconds after the connection opened. */
  long nanos();

  /**
   * A chunk of bytes as one write, one read or one datagram carried it.
   *
   * @param side the side that sent it
   * @param nanos when it was seen, in nanoseconds after the connection opened
   * @param bytes what was sent; empty for an empty datagram
   */
  record Sent(Side side, long nanos, Bytes bytes) implements Event {
    /** Returns how many bytes it has and not which, because they may be part of a secret. */
    @Override
    public String toString() {
      return "Sent[side=" + side + ", nanos=" + nanos + ", byteCount=" + bytes.size() + "]";
    }
  }

  /**
   * A FIN: the side sends nothing more, but may still receive (RFC 9293, 3.6).
   *
   * @param side the side that sent it
   * @param nanos when it was seen, in nanoseconds after the connection opened
   */
  record Fin(Side side, long nanos) implements Event {}

  /**
   * An RST: the side threw the connection away (RFC 9293, 3.5.3).
   *
   * @param side the side that sent it
   * @param nanos when it was seen, in nanoseconds after the connection opened
   */
  record Rst(Side side, long nanos) implements Event {}

  /**
   * The two sides start TLS here, as after STARTTLS: the client sends next, and what is recorded
   * from here on was encrypted.
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
   * Bytes that were sent but not kept, as with {@link RecordingPolicy#headAndTail}, or that a
   * capture has missed; not compared.
   *
   * @param side the side that sent them
   * @param nanos when the last that was kept before them was seen, in nanoseconds after the
   *     connection opened
   * @param byteCount how many there were, in any number of chunks
   */
  record Dropped(Side side, long nanos, long byteCount) implements Event {}
}
