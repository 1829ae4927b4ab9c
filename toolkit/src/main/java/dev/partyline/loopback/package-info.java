/**
 * Listeners, clients and taps on the loopback interface.
 *
 * <p>Begin with {@link dev.partyline.loopback.Listener} for a server that your code connects to,
 * with {@link dev.partyline.loopback.Client} for a client of your server, and with {@link
 * dev.partyline.loopback.Tap} to record, or to disturb, what a real client and a real server send.
 * Listeners and clients play a wire script or are driven by hand, as a {@link
 * dev.partyline.loopback.Connection}. {@link dev.partyline.ports.Ports} leases ports to servers
 * that must know theirs before they run.
 */
@NullMarked
package dev.partyline.loopback;

import org.jspecify.annotations.NullMarked;
