package dev.partyline.script;

import dev.partyline.wire.Side;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The two sequences of a {@code together}, each in its own order. */
final class InterleavedBlock {
  private final Interpreter own;
  private final Interpreter other;

  InterleavedBlock(Instruction.Both both, Frame frame, PlayerContext setting) {
    Interpreter client = new Interpreter(frame.beside(both.client()), setting);
    Interpreter server = new Interpreter(frame.beside(both.server()), setting);
    this.own = setting.own() == Side.CLIENT ? client : server;
    this.other = own == client ? server : client;
  }

  /** Runs our side up to its next action, and then the other; DONE when both are. */
  StepResult run(long now) {
    StepResult first = own.run(now);
    if (first == StepResult.ACT || first == StepResult.FAIL || first == StepResult.LEFT) {
      return first;
    }
    StepResult second = other.run(now);
    return second == StepResult.DONE ? first : second;
  }

  /** Returns what our side does next. */
  @Nullable Action action() {
    return own.action();
  }

  @Nullable Failure failure() {
    return own.failure() != null ? own.failure() : other.failure();
  }

  long wakeAt() {
    return Math.min(own.wakeAt(), other.wakeAt());
  }

  boolean isExpecting() {
    return own.isExpecting() || other.isExpecting();
  }

  List<Interpreter> fibers() {
    return List.of(own, other);
  }
}
