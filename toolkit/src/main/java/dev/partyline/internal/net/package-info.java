/**
 * The event loop, one end of a connection, and what opens, binds, connects and accepts sockets.
 *
 * <p>Begin with {@link dev.partyline.internal.net.EventLoop}, which calls an {@link
 * dev.partyline.internal.net.EventHandler} when its channel is ready, and {@link
 * dev.partyline.internal.net.StreamEndpoint}, which listeners, clients and both ends of a tap are
 * made of. Each accepted connection is an {@link dev.partyline.internal.net.AcceptedConnection}.
 */
@NullMarked
package dev.partyline.internal.net;

import org.jspecify.annotations.NullMarked;
