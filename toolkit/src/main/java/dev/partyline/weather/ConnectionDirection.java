package dev.partyline.weather;

import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;

/**
 * One direction of one connection, as faults choose their targets by.
 *
 * @param connection the number of the connection, counted from 1 in the order of opening
 * @param from who speaks in this direction
 * @param transport what carries it
 * @param client the address of the client, such as {@code 127.0.0.1:40312}
 * @param server the address of the server
 * @param opened when the connection was opened, in nanoseconds of the clock that drives the lanes
 */
public record ConnectionDirection(
    int connection, Side from, Transport transport, String client, String server, long opened) {

  /** Returns the other direction of the same connection. */
  public ConnectionDirection back() {
    return new ConnectionDirection(connection, from.peer(), transport, client, server, opened);
  }
}
