package dev.partyline.hunt;

import dev.partyline.weather.Fault;
import dev.partyline.wire.Side;

/** A part of a condition, which a smaller condition may do without. */
public sealed interface ConditionPart {
  /**
   * A place in what a side sends that its peer does not read at once.
   *
   * @param sender who sends it
   * @param offset the offset of the first byte that the peer reads later
   */
  record SliceOffset(Side sender, long offset) implements ConditionPart {}

  /**
   * Any other fault.
   *
   * @param fault the fault
   */
  record Other(Fault fault) implements ConditionPart {}
}
