package dev.partyline.script.player;

import dev.partyline.script.player.StepResult.Signal;
import dev.partyline.wire.Side;
import java.util.List;

/** The two halves of a {@code together}, each in its own order. */
final class InterleavedBlock {
  private final Interpreter ownHalf;
  private final Interpreter otherHalf;

  InterleavedBlock(Instruction.Interleave interleave, Frame frame, PlayerContext context) {
    Interpreter client = new Interpreter(frame.forHalf(interleave.client()), context);
    Interpreter server = new Interpreter(frame.forHalf(interleave.server()), context);
    this.ownHalf = context.ownSide() == Side.CLIENT ? client : server;
    this.otherHalf = ownHalf == client ? server : client;
  }

  /** Runs our side up to its next action, and then the other; DONE when both are. */
  StepResult run(long now) {
    StepResult first = ownHalf.run(now);
    if (first != Signal.DONE && !(first instanceof StepResult.Wait)) {
      return first;
    }
    StepResult second = otherHalf.run(now);
    if (first instanceof StepResult.Wait own && second instanceof StepResult.Wait other) {
      return new StepResult.Wait(Math.min(own.wakeAt(), other.wakeAt()));
    }
    return second == Signal.DONE ? first : second;
  }

  boolean isExpecting() {
    return ownHalf.isExpecting() || otherHalf.isExpecting();
  }

  /** Whether a side has closed in it, so that the script ends with the block around it. */
  boolean hasEnded() {
    return ownHalf.hasEnded() || otherHalf.hasEnded();
  }

  List<Interpreter> halves() {
    return List.of(ownHalf, otherHalf);
  }
}
