package dev.partyline.wire;

/**
 * What is known of a connection before a byte is sent on it.
 *
 * @param number its ordinal in the recording, from 1
 * @param transport what carries the bytes
 * @param clientAddress the address of the side that opened it, as text, or {@link #UNKNOWN}
 * @param serverAddress the address that it was opened to, as text, or {@link #UNKNOWN}
 * @param openedAtNanos when it was opened, in nanoseconds after its recording began
 */
record ConnectionInfo(
    int number,
    Transport transport,
    String clientAddress,
    String serverAddress,
    long openedAtNanos) {
  /** The address of a side that has none, such as of a client that could not connect. */
  static final String UNKNOWN = "?";

  /** The connection of a conversation that was made of events. */
  static final ConnectionInfo NONE = new ConnectionInfo(1, Transport.TCP, UNKNOWN, UNKNOWN, 0);

  ConnectionInfo withNumber(int ordinal) {
    return new ConnectionInfo(ordinal, transport, clientAddress, serverAddress, openedAtNanos);
  }

  ConnectionInfo withOpenedAt(long nanos) {
    return new ConnectionInfo(number, transport, clientAddress, serverAddress, nanos);
  }

  /** Returns its number and the addresses that are known. */
  String name() {
    return "connection "
        + number
        + (clientAddress.equals(UNKNOWN) ? "" : " from " + clientAddress)
        + (serverAddress.equals(UNKNOWN) ? "" : " to " + serverAddress);
  }
}
