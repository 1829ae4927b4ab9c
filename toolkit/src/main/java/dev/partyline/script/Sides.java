package dev.partyline.script;

import dev.partyline.wire.Side;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The two sequences of a {@code together}, each in its own order. */
final class Sides {
  private final Fiber own;
  private final Fiber other;

  Sides(Op.Both both, Frame frame, Setting setting) {
    Fiber client = new Fiber(frame.beside(both.client()), setting);
    Fiber server = new Fiber(frame.beside(both.server()), setting);
    this.own = setting.own() == Side.CLIENT ? client : server;
    this.other = own == client ? server : client;
  }

  /** Runs our side up to its next action, and then the other; DONE when both are. */
  Flow run(long now) {
    Flow first = own.run(now);
    if (first == Flow.ACT || first == Flow.FAIL || first == Flow.LEFT) {
      return first;
    }
    Flow second = other.run(now);
    return second == Flow.DONE ? first : second;
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

  List<Fiber> fibers() {
    return List.of(own, other);
  }
}
