/**
 * What plays a script: bytes and events go in, actions come out.
 *
 * <p>Begin with {@link dev.partyline.script.player.PlayerFactory}, which has a script played by one
 * side. Its {@link dev.partyline.script.player.Player} does no I/O. A {@link
 * dev.partyline.script.player.ScriptMatch} holds a recording against a script, and {@link
 * dev.partyline.script.player.FailureText} tells where it went wrong.
 */
@NullMarked
package dev.partyline.script.player;

import org.jspecify.annotations.NullMarked;
