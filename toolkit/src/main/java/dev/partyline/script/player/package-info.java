/**
 * Plays a script: bytes and events go in, actions come out.
 *
 * <p>Begin with {@link dev.partyline.script.player.PlayerFactory}, which makes the players of one
 * side. A {@link dev.partyline.script.player.Player} does no I/O. A {@link
 * dev.partyline.script.player.ScriptMatch} matches a recording with a script, and {@link
 * dev.partyline.script.player.FailureText} shows where either failed.
 */
@NullMarked
package dev.partyline.script.player;

import org.jspecify.annotations.NullMarked;
