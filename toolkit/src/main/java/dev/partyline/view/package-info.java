/**
 * A conversation read as something: pure functions, text and values out.
 *
 * <p>Begin with {@link dev.partyline.view.Dump}, which prints as tcpdump does, {@link
 * dev.partyline.view.Ledger}, which tells who ended what, {@link dev.partyline.view.Http1}, which
 * reads requests and responses, and {@link dev.partyline.view.Curl}, which prints them as curl does.
 */
@NullMarked
package dev.partyline.view;

import org.jspecify.annotations.NullMarked;
