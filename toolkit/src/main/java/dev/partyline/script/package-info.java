/**
 * The wire script: what two parties say to each other, as a text that can be played and printed.
 *
 * <p>Begin with {@link dev.partyline.script.Script}. A {@link
 * dev.partyline.script.player.PlayerFactory} has a script played by one side; its {@link
 * dev.partyline.script.player.Player} does no I/O, it takes bytes and events and gives actions.
 */
@NullMarked
package dev.partyline.script;

import org.jspecify.annotations.NullMarked;
