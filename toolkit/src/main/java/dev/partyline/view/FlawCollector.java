package dev.partyline.view;

import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;

/**
 * Gathers what is wrong with one message; a value is quoted only where it decides about the
 * framing, for the others may be secret.
 */
final class FlawCollector {
  /** More would only take memory. */
  private static final int MOST = 100;

  private final Side side;
  private final List<Flaw> found = new ArrayList<>();

  FlawCollector(Side side) {
    this.side = side;
  }

  void malformed(long at, String what) {
    add(new Flaw(Flaw.Kind.MALFORMED, side, at, what));
  }

  void incomplete(long at, String what) {
    add(new Flaw(Flaw.Kind.INCOMPLETE, side, at, what));
  }

  /** Adds something that leaves unknown where the message ends. */
  void fatal(long at, String what) {
    found.add(
        new Flaw(Flaw.Kind.MALFORMED, side, at, what + "; so nobody knows where the message ends"));
  }

  private void add(Flaw flaw) {
    if (found.size() < MOST) {
      found.add(flaw);
    } else if (found.size() == MOST) {
      found.add(new Flaw(flaw.kind(), side, flaw.at(), flaw.what() + "; and more is wrong"));
    }
  }

  List<Flaw> list() {
    return List.copyOf(found);
  }
}
