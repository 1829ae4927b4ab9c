package dev.partyline.weather.spi;

import dev.partyline.wire.Side;
import dev.partyline.wire.Transport;

/**
 * One direction of one connection, by which faults select what they apply to.
 *
 * @param connection the number of the connection, counted from 1 in the order of opening
 * @param sender the side that sends in this direction
 * @param transport what carries it
 * @param client the address of the client, such as {@code 127.0.0.1:40312}
 * @param server the address of the server
 * @param openedAt when the connection was opened, in nanoseconds of the pipeline's clock
 */
public record ConnectionDirection(
    int connection, Side sender, Transport transport, String client, String server, long openedAt) {

  /** Returns the other direction of the same connection. */
  public ConnectionDirection reversed() {
    return new ConnectionDirection(connection, sender.peer(), transport, client, server, openedAt);
  }
}
