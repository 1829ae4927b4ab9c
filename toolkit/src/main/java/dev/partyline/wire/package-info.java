/**
 * What happened on a connection, as values.
 *
 * <p>Begin with {@link dev.partyline.wire.Recording}, which every listener, client and tap has, and
 * {@link dev.partyline.wire.Conversation}, one connection of it. The writing end is {@link
 * dev.partyline.wire.Recorder}. Nothing here opens a socket.
 */
@NullMarked
package dev.partyline.wire;

import org.jspecify.annotations.NullMarked;
