package dev.partyline.script;

import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The steps that can come after a place in a script: the rest of its block, and then what follows
 * the block; after the end of a {@code repeat}, its beginning.
 */
public record Continuation(List<Step> steps, @Nullable Continuation outer) {

  /** The same without the branches that are the alternatives of the one that was left. */
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

  /** Returns the side that does the next thing, or null if nobody does anything more. */
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
   * from there on; null where nobody does. All at once, for a script may be long.
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

  /** Returns who does the first thing in a step, or null if it is nobody's. */
  public static @Nullable Side firstSide(Step step) {
    if (step instanceof Step.Line line) {
      return line.side();
    }
    if (step instanceof Step.Control control) {
      return control.side();
    }
    for (Step inner : children(step)) {
      Side side = firstSide(inner);
      if (side != null) {
        return side;
      }
    }
    return null;
  }

  /** Whether this side does anything in a step that the other could expect. */
  static boolean expects(Step step, Side side) {
    return (step instanceof Step.Line line && line.side() == side)
        || (step instanceof Step.Control control
            && control.side() == side
            && control.kind() != Step.ControlKind.STALL)
        || children(step).stream().anyMatch(inner -> expects(inner, side));
  }

  /** Returns the steps of a block; none for a step that is no block. */
  static List<Step> children(Step step) {
    if (step instanceof Step.ConnectionBlock block) {
      return block.steps();
    }
    if (step instanceof Step.Repeat block) {
      return block.steps();
    }
    if (step instanceof Step.When block) {
      return block.steps();
    }
    if (step instanceof Step.AnyOrder block) {
      return block.steps();
    }
    return step instanceof Step.Together block ? block.steps() : List.of();
  }

  /**
   * Returns the steps that one side has in a {@code together}, in their order; what the other side
   * does between two lines parts them, as it does elsewhere.
   */
  public static List<Step> stepsOfSide(List<Step> steps, Side side) {
    List<Step> sideSteps = new ArrayList<>();
    @Nullable Side[] nextSides = nextSides(steps, null);
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      Side sender = step instanceof Step.AnyLines anyLines ? anyLines.side() : nextSides[i];
      boolean isOwn = sender == side || (sender == null && side == Side.SERVER);
      sideSteps.add(isOwn ? step : new Step.Cut());
    }
    return sideSteps;
  }
}
