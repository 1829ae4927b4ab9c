/**
 * A conversation read as something: pure functions, text out.
 *
 * <p>Begin with {@link dev.partyline.view.Dump}, which prints as tcpdump does, and {@link
 * dev.partyline.view.Ledger}, which tells who ended what; {@link dev.partyline.view.TlsView} shows
 * what can be seen of TLS from outside.
 */
@NullMarked
package dev.partyline.view;

import org.jspecify.annotations.NullMarked;
