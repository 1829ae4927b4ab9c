package dev.partyline.weather;

import dev.partyline.wire.Side;

/**
 * One thing that a fault did.
 *
 * @param connection the number of the connection, from 1
 * @param sender the side that sent what was hit
 * @param offset the offset of the byte in the stream, from 0, or the number of the datagram, from
 *     1; -1 for neither
 * @param detail what was done, such as {@code +12ms}; may be empty
 */
public record Hit(int connection, Side sender, long offset, String detail) {}
