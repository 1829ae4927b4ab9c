/**
 * Everything that opens a socket: listeners and clients on the loopback interface.
 *
 * <p>Begin with {@link dev.partyline.loopback.Listener} for a server that your code talks to, and
 * with {@link dev.partyline.loopback.Client} for a client that talks to your server. Both play a
 * wire script or are driven by hand, as a {@link dev.partyline.loopback.Connection}. {@link
 * dev.partyline.ports.Ports} leases ports to servers that have to know theirs before they run.
 */
@NullMarked
package dev.partyline.loopback;

import org.jspecify.annotations.NullMarked;
