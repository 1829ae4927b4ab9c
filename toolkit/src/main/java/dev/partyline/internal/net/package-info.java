/**
 * The event loop, and what opens, binds, connects and accepts sockets on it.
 *
 * <p>Begin with {@link dev.partyline.internal.net.EventLoop}, which calls an {@link
 * dev.partyline.internal.net.EventHandler} when its channel is ready. Each accepted connection is
 * an {@link dev.partyline.internal.net.AcceptedConnection}.
 */
@NullMarked
package dev.partyline.internal.net;

import org.jspecify.annotations.NullMarked;
