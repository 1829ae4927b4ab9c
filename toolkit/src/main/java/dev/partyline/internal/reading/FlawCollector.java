package dev.partyline.internal.reading;

import dev.partyline.view.Flaw;
import dev.partyline.wire.Side;

/** Takes the flaws of one side. */
public interface FlawCollector {
  Side side();

  void add(Flaw flaw);

  default void addMalformed(long offset, String description) {
    add(new Flaw(Flaw.Kind.MALFORMED, side(), offset, description));
  }

  default void addIncomplete(long offset, String description) {
    add(new Flaw(Flaw.Kind.INCOMPLETE, side(), offset, description));
  }
}
