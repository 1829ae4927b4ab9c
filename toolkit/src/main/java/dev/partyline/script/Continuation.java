package dev.partyline.script;

import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The steps that can come after a place in a script: the rest of its block, and then what follows
 * the block; after the end of a {@code repeat}, its beginning.
 */
record Continuation(List<Step> steps, @Nullable Continuation outer) {

  /** The same without the branches that are the alternatives of the one that was left. */
  Continuation withoutBranches() {
    int from = 0;
    while (from < steps.size() && steps.get(from) instanceof Step.When) {
      from++;
    }
    return new Continuation(steps.subList(from, steps.size()), outer);
  }

  boolean expectsAnywhere(Side side) {
    return steps.stream().anyMatch(step -> expects(step, side))
        || (outer != null && outer.expectsAnywhere(side));
  }

  /** Returns the side that does the next thing, or null if nobody does anything more. */
  @Nullable Side next() {
    for (Step step : steps) {
      Side side = first(step);
      if (side != null) {
        return side;
      }
    }
    return outer == null ? null : outer.next();
  }

  /**
   * Returns for each of the steps, and for what follows them, the side that does the next thing
   * from there on; null where nobody does. All at once, for a script may be long.
   */
  static @Nullable Side[] nexts(List<Step> steps, @Nullable Continuation outer) {
    @Nullable Side[] nexts = new Side[steps.size() + 1];
    nexts[steps.size()] = outer == null ? null : outer.next();
    for (int i = steps.size() - 1; i >= 0; i--) {
      Side side = first(steps.get(i));
      nexts[i] = side == null ? nexts[i + 1] : side;
    }
    return nexts;
  }

  /** Returns who does the first thing in a step, or null if it is nobody's. */
  static @Nullable Side first(Step step) {
    if (step instanceof Step.Line line) {
      return line.side();
    }
    if (step instanceof Step.Act act) {
      return act.side();
    }
    for (Step inner : inside(step)) {
      Side side = first(inner);
      if (side != null) {
        return side;
      }
    }
    return null;
  }

  /** Whether this side does anything in a step that the other could expect. */
  static boolean expects(Step step, Side side) {
    return (step instanceof Step.Line line && line.side() == side)
        || (step instanceof Step.Act act && act.side() == side && act.deed() != Step.Deed.STALL)
        || inside(step).stream().anyMatch(inner -> expects(inner, side));
  }

  /** Returns the steps of a block; none for a step that is no block. */
  static List<Step> inside(Step step) {
    if (step instanceof Step.Connection block) {
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
  static List<Step> ofSide(List<Step> steps, Side side) {
    List<Step> own = new ArrayList<>();
    @Nullable Side[] nexts = nexts(steps, null);
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      Side who = step instanceof Step.Rest rest ? rest.side() : nexts[i];
      boolean isOwn = who == side || (who == null && side == Side.SERVER);
      own.add(isOwn ? step : new Step.Cut());
    }
    return own;
  }
}
