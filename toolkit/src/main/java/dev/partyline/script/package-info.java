/**
 * The wire script: what client and server send each other, as a text that can be played and
 * printed.
 *
 * <p>Begin with {@link dev.partyline.script.Script}. A {@link
 * dev.partyline.script.player.PlayerFactory} makes the players of one side; a {@link
 * dev.partyline.script.player.Player} does no I/O: it takes bytes and events, and returns actions.
 */
@NullMarked
package dev.partyline.script;

import org.jspecify.annotations.NullMarked;
