package dev.partyline.internal.reading;

import dev.partyline.view.Flaw;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;

/**
 * Gathers what is wrong with one message; a value is quoted only where it decides about the
 * framing, for the others may be secret.
 */
public final class FlawList {
  /** More would only take memory. */
  private static final int MAX_FLAWS = 100;

  private final Side side;
  private final List<Flaw> flaws = new ArrayList<>();

  public FlawList(Side side) {
    this.side = side;
  }

  public void addMalformed(long offset, String description) {
    add(new Flaw(Flaw.Kind.MALFORMED, side, offset, description));
  }

  public void addIncomplete(long offset, String description) {
    add(new Flaw(Flaw.Kind.INCOMPLETE, side, offset, description));
  }

  /** Adds something that leaves unknown where the message ends. */
  public void addFatal(long offset, String description) {
    flaws.add(
        new Flaw(
            Flaw.Kind.MALFORMED,
            side,
            offset,
            description + "; so nobody knows where the message ends"));
  }

  private void add(Flaw flaw) {
    if (flaws.size() < MAX_FLAWS) {
      flaws.add(flaw);
    } else if (flaws.size() == MAX_FLAWS) {
      flaws.add(
          new Flaw(flaw.kind(), side, flaw.offset(), flaw.description() + "; and more is wrong"));
    }
  }

  public List<Flaw> list() {
    return List.copyOf(flaws);
  }
}
