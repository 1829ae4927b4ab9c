/**
 * What a tap does with the connections that it accepts: it connects to the server and passes on
 * what each side sends.
 *
 * <p>Begin with {@link dev.partyline.internal.relay.Relay}, one connection of a stream. A {@link
 * dev.partyline.internal.relay.Pump} carries one direction of it through the faults. Datagrams have
 * a {@link dev.partyline.internal.relay.DatagramRelay}.
 */
@NullMarked
package dev.partyline.internal.relay;

import org.jspecify.annotations.NullMarked;
