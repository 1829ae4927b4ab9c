/**
 * A conversation read as something: pure functions, text out.
 *
 * <p>Begin with {@link dev.partyline.view.Dump}, which prints as tcpdump does, and {@link
 * dev.partyline.view.Ledger}, which tells who ended what. {@link dev.partyline.view.Http2}, {@link
 * dev.partyline.view.WebSocket}, {@link dev.partyline.view.Resp} and {@link dev.partyline.view.Dns}
 * read protocols; what is wrong there is a {@link dev.partyline.view.Flaw}.
 */
@NullMarked
package dev.partyline.view;

import org.jspecify.annotations.NullMarked;
