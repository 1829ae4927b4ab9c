package dev.partyline.script.player;

import dev.partyline.script.Step;
import dev.partyline.wire.Side;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one side does and expects on one connection, or on all that are left.
 *
 * @param steps those of the script that are for this connection
 * @param every whether it is for all the connections that are left
 * @param ownSide the side that the player plays; null for an observer, which expects both sides
 * @param instructions what the player does
 */
record CompiledScript(
    List<Step> steps, boolean every, @Nullable Side ownSide, List<Instruction> instructions) {}
