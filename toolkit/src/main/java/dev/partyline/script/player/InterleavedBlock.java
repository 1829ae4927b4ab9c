package dev.partyline.script.player;

import dev.partyline.wire.Side;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The two sequences of a {@code together}, each in its own order. */
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
    if (first == StepResult.EMIT || first == StepResult.FAIL || first == StepResult.EXIT_LOOP) {
      return first;
    }
    StepResult second = otherHalf.run(now);
    return second == StepResult.DONE ? first : second;
  }

  /** Returns what our side does next. */
  @Nullable Action action() {
    return ownHalf.action();
  }

  @Nullable Failure failure() {
    return ownHalf.failure() != null ? ownHalf.failure() : otherHalf.failure();
  }

  long wakeAt() {
    return Math.min(ownHalf.wakeAt(), otherHalf.wakeAt());
  }

  boolean isExpecting() {
    return ownHalf.isExpecting() || otherHalf.isExpecting();
  }

  List<Interpreter> halves() {
    return List.of(ownHalf, otherHalf);
  }
}
