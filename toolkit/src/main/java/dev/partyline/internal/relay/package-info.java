/**
 * What a tap does with the connections that it accepts: it connects to the server and passes on
 * what each side sends.
 *
 * <p>Begin with {@link dev.partyline.internal.relay.RelayCore}, which decides about one connection
 * of a stream, and {@link dev.partyline.internal.relay.RelayIo}, by which it does so. A {@link
 * dev.partyline.internal.relay.Pump} carries one direction of it through the faults; {@link
 * dev.partyline.internal.relay.Relay} has the sockets. Datagrams have a {@link
 * dev.partyline.internal.relay.DatagramRelay}.
 */
@NullMarked
package dev.partyline.internal.relay;

import org.jspecify.annotations.NullMarked;
