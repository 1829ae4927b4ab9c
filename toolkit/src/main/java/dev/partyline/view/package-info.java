/**
 * Conversations as text and as protocol messages. Views are pure functions of a conversation.
 *
 * <p>Begin with {@link dev.partyline.view.Dump}, which prints like tcpdump, {@link
 * dev.partyline.view.Ledger}, which says how each connection ended, and {@link
 * dev.partyline.view.http.Http1}, which reads requests and responses; {@link
 * dev.partyline.view.http.Curl} prints them like curl.
 *
 * <p>{@link dev.partyline.view.http2.Http2}, {@link dev.partyline.view.websocket.WebSocket}, {@link
 * dev.partyline.view.resp.Resp} and {@link dev.partyline.view.dns.Dns} read further protocols, and
 * {@link dev.partyline.view.tls.TlsMessages} what can be seen of TLS without keys. What is
 * malformed or missing is a {@link dev.partyline.view.Flaw}.
 */
@NullMarked
package dev.partyline.view;

import org.jspecify.annotations.NullMarked;
