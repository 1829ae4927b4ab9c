package dev.partyline.internal.reading;

import dev.partyline.view.Flaw;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;

/**
 * The flaws of one message. A value is quoted in them only where it decides about the framing,
 * because others may be secret.
 */
public final class FlawList implements FlawCollector {
  /** More would only take memory. */
  private static final int MAX_FLAWS = 100;

  private final Side side;
  private final List<Flaw> flaws = new ArrayList<>();

  public FlawList(Side side) {
    this.side = side;
  }

  @Override
  public Side side() {
    return side;
  }

  @Override
  public void add(Flaw flaw) {
    if (flaws.size() < MAX_FLAWS) {
      flaws.add(flaw);
    } else if (flaws.size() == MAX_FLAWS) {
      flaws.add(
          new Flaw(flaw.kind(), side, flaw.offset(), flaw.description() + "; and more is wrong"));
    }
  }

  /** Adds a flaw that leaves unknown where the message ends. */
  public void addFatal(long offset, String description) {
    flaws.add(
        new Flaw(
            Flaw.Kind.MALFORMED,
            side,
            offset,
            description + "; so the end of the message is unknown"));
  }

  public List<Flaw> list() {
    return List.copyOf(flaws);
  }
}
