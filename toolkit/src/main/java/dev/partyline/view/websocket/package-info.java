/**
 * WebSocket frames (RFC 6455).
 *
 * <p>Begin with {@link dev.partyline.view.websocket.WebSocket}.
 */
@NullMarked
package dev.partyline.view.websocket;

import org.jspecify.annotations.NullMarked;
