/**
 * A conversation read as something: pure functions, text and values out.
 *
 * <p>Begin with {@link dev.partyline.view.Dump}, which prints as tcpdump does, {@link
 * dev.partyline.view.Ledger}, which tells who ended what, and {@link
 * dev.partyline.view.http.Http1}, which reads requests and responses; {@link
 * dev.partyline.view.http.Curl} prints them as curl does.
 *
 * <p>{@link dev.partyline.view.http2.Http2}, {@link dev.partyline.view.websocket.WebSocket}, {@link
 * dev.partyline.view.resp.Resp} and {@link dev.partyline.view.dns.Dns} read further protocols, and
 * {@link dev.partyline.view.tls.TlsMessages} what can be seen of TLS from outside. What is wrong
 * there is a {@link dev.partyline.view.Flaw}.
 */
@NullMarked
package dev.partyline.view;

import org.jspecify.annotations.NullMarked;
