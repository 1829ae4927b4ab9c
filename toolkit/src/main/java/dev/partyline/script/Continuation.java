package dev.partyline.script;

import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The steps that can come after a place in a script: the rest of its block, then what follows the
 * block; after the end of a {@code repeat} also its beginning.
 */
public record Continuation(List<Step> steps, @Nullable Continuation outer) {

  /** Returns the same without the other branches of the {@code when} that ends here. */
  Continuation withoutBranches() {
    int start = 0;
    while (start < steps.size() && steps.get(start) instanceof Step.When) {
      start++;
    }
    return new Continuation(steps.subList(start, steps.size()), outer);
  }

  boolean expectsAnywhere(Side side) {
    return steps.stream().anyMatch(step -> expects(step, side))
        || (outer != null && outer.expectsAnywhere(side));
  }

  /** Returns the side that does the next thing, or null if neither does anything more. */
  @Nullable Side nextSide() {
    for (Step step : steps) {
      Side side = firstSide(step);
      if (side != null) {
        return side;
      }
    }
    return outer == null ? null : outer.nextSide();
  }

  /**
   * Returns for each of the steps, and for what follows them, the side that does the next thing
   * from there on; null where neither does. All at once, because a script may be long.
   */
  public static @Nullable Side[] nextSides(List<Step> steps, @Nullable Continuation outer) {
    @Nullable Side[] nextSides = new Side[steps.size() + 1];
    nextSides[steps.size()] = outer == null ? null : outer.nextSide();
    for (int i = steps.size() - 1; i >= 0; i--) {
      Side side = firstSide(steps.get(i));
      nextSides[i] = side == null ? nextSides[i + 1] : side;
    }
    return nextSides;
  }

  /** Returns the side that does the first thing in a step, or null if neither does anything. */
  public static @Nullable Side firstSide(Step step) {
    Side sender = sender(step);
    if (sender != null) {
      return sender;
    }
    for (Step inner : step.steps()) {
      Side side = firstSide(inner);
      if (side != null) {
        return side;
      }
    }
    return null;
  }

  /** Whether this side does anything in a step that the other could expect. */
  static boolean expects(Step step, Side side) {
    boolean isStall =
        step instanceof Step.Control control && control.kind() == Step.Control.Kind.STALL;
    return (sender(step) == side && !isStall)
        || step.steps().stream().anyMatch(inner -> expects(inner, side));
  }

  /** Returns the side that does the step itself; {@code C: ...} does nothing. */
  private static @Nullable Side sender(Step step) {
    return step instanceof Step.AnyLines ? null : step.side();
  }

  /**
   * Returns the steps that one side has in a {@code together}, in their order; a step of the other
   * side between two lines separates them, as it does elsewhere. A mark comes after the line above
   * it, any other statement before the line below it.
   */
  public static List<Step> stepsOfSide(List<Step> steps, Side side) {
    List<Step> sideSteps = new ArrayList<>();
    @Nullable Side[] nextSides = nextSides(steps, null);
    Side above = null;
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      Side below = nextSides[i];
      boolean belongsAbove = below == null || step instanceof Step.Mark;
      Side stepSide = above != null && belongsAbove ? above : below;
      Side sender = step.side() == null ? stepSide : step.side();
      boolean isOwn = sender == side || (sender == null && side == Side.SERVER);
      sideSteps.add(isOwn ? step : new Step.Cut());
      above = firstSide(step) == null ? above : firstSide(step);
    }
    return sideSteps;
  }
}
