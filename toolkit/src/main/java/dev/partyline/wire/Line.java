package dev.partyline.wire;

/**
 * A connection, whatever is said on it.
 *
 * @param opened when it was opened, in nanoseconds after its recording began
 */
record Line(int number, Transport transport, String client, String server, long opened) {
  /** The connection that nobody had. */
  static final Line NONE = new Line(1, Transport.TCP, "?", "?", 0);

  Line numbered(int ordinal) {
    return new Line(ordinal, transport, client, server, opened);
  }
}
