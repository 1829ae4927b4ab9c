package dev.partyline.script;

import dev.partyline.wire.Side;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks which statements may stand in which block, and what must follow what. */
final class BlockCheck {
  private static final String TOP_LEVEL_ONLY = "expected a connection block to stand at top level";

  private final Script script;

  private BlockCheck(Script script) {
    this.script = script;
  }

  /**
   * Checks a whole script.
   *
   * @throws ScriptException if a statement stands where it cannot
   */
  static void check(Script script) {
    BlockCheck check = new BlockCheck(script);
    if (hasConnections(script.steps())) {
      check.checkConnections(script.steps());
    } else {
      check.checkSequence(script.steps(), null);
      check.checkControls(script.steps(), Sending.NONE);
    }
  }

  private static boolean hasConnections(List<Step> steps) {
    for (Step step : steps) {
      if (step instanceof Step.ConnectionBlock) {
        return true;
      }
    }
    return false;
  }

  private void checkConnections(List<Step> steps) {
    boolean hasCatchAll = false;
    for (Step step : steps) {
      if (hasCatchAll) {
        throw script.error(
            step, "'every connection' took all that is left; expected it to be the last block");
      }
      if (!(step instanceof Step.ConnectionBlock block)) {
        throw script.error(step, "expected every line to stand in a connection block, or none");
      }
      hasCatchAll = block.every();
      checkSequence(block.steps(), null);
      checkControls(block.steps(), Sending.NONE);
    }
  }

  private void checkSequence(List<Step> steps, @Nullable Continuation outer) {
    @Nullable Side[] nextSides = Continuation.nextSides(steps, outer);
    for (int i = 0; i < steps.size(); i++) {
      Continuation continuation = new Continuation(steps.subList(i + 1, steps.size()), outer);
      steps.get(i).accept(new StepCheck(nextSides[i + 1], continuation));
    }
  }

  /** Checks one step of a sequence. */
  private final class StepCheck implements StepVisitor {
    private final @Nullable Side nextSide;
    private final Continuation continuation;

    StepCheck(@Nullable Side nextSide, Continuation continuation) {
      this.nextSide = nextSide;
      this.continuation = continuation;
    }

    @Override
    public void visit(Step.Line line) {}

    @Override
    public void visit(Step.AnyLines anyLines) {
      if (nextSide != anyLines.side() && continuation.expectsAnywhere(anyLines.side())) {
        char mark = anyLines.side().letter();
        throw script.error(
            anyLines,
            String.format(
                "'%c: ...' takes lines up to the next expectation; expected a line of %c right"
                    + " after it, or none at all",
                mark, mark));
      }
    }

    @Override
    public void visit(Step.Control control) {}

    @Override
    public void visit(Step.Pause pause) {}

    @Override
    public void visit(Step.Within within) {
      if (nextSide == null) {
        throw script.error(within, "expected a line below 'within' that must come in that time");
      }
    }

    @Override
    public void visit(Step.StartTls startTls) {}

    @Override
    public void visit(Step.Cut cut) {}

    @Override
    public void visit(Step.Mark mark) {}

    @Override
    public void visit(Step.Await await) {}

    @Override
    public void visit(Step.ConnectionBlock block) {
      throw script.error(block, TOP_LEVEL_ONLY);
    }

    @Override
    public void visit(Step.Repeat repeat) {
      checkSequence(repeat.steps(), new Continuation(repeat.steps(), continuation));
    }

    @Override
    public void visit(Step.When when) {
      checkBranchStart(when.steps().get(0));
      checkSequence(when.steps(), continuation.withoutBranches());
    }

    @Override
    public void visit(Step.AnyOrder anyOrder) {
      checkAnyOrder(anyOrder);
    }

    @Override
    public void visit(Step.Together together) {
      checkTogether(together);
    }
  }

  /**
   * Checks what a side does after it has ended or stalled, from the last step to the first.
   *
   * @param below what comes below the block in which these steps stand
   * @return what these steps have
   */
  private Sending checkControls(List<Step> steps, Sending below) {
    Sending own = Sending.NONE;
    Sending afterBranches = Sending.NONE;
    for (int i = steps.size() - 1; i >= 0; i--) {
      Step step = steps.get(i);
      boolean isBranch = step instanceof Step.When;
      if (!isBranch || i + 1 == steps.size() || !(steps.get(i + 1) instanceof Step.When)) {
        afterBranches = own;
      }
      Sending following = isBranch ? afterBranches : own;
      if (step instanceof Step.Control control) {
        checkControl(control, Sending.endsScript(control) ? own : own.or(below));
      }
      Sending inner = checkControls(step.steps(), following.or(below));
      own = Sending.of(step).or(inner).or(own);
    }
    return own;
  }

  private void checkControl(Step.Control control, Sending later) {
    Step step = later.first(control.side());
    if (step != null) {
      throw script.error(
          step,
          String.format(
              "the %s cannot do this after %c! %s; expected it to %s",
              control.side(),
              control.side().letter(),
              control.kind().word(),
              control.kind() == Step.Control.Kind.STALL
                  ? "only pause, await, reset or close"
                  : "send nothing more"));
    }
  }

  private void checkBranchStart(Step first) {
    boolean waits = first instanceof Step.Line || first instanceof Step.Control;
    if (!waits) {
      throw script.error(
          first,
          "a branch is chosen by its first line; expected a line to wait for, such as C: ${*}");
    }
  }

  private void checkAnyOrder(Step.AnyOrder anyOrder) {
    Side side = anyOrder.steps().get(0).side();
    boolean hasLine = false;
    for (Step step : anyOrder.steps()) {
      boolean isLine = step instanceof Step.Line;
      if (!(isLine || step instanceof Step.AnyLines) || step.side() != side) {
        throw script.error(step, "expected only lines of one side in 'any order'");
      }
      hasLine |= isLine;
    }
    if (!hasLine) {
      throw script.error(anyOrder, "expected a line besides '...' in 'any order'");
    }
  }

  private void checkTogether(Step.Together together) {
    for (Step step : together.steps()) {
      if (startsTls(step)) {
        throw script.error(
            step, "in 'together' the sides are independent; expected no 'tls' in it");
      }
      if (resets(step)) {
        throw script.error(
            step, "in 'together' the sides are independent; expected 'reset' below it, not in it");
      }
      if (Continuation.expects(step, Side.CLIENT) && Continuation.expects(step, Side.SERVER)) {
        throw script.error(
            step, "in 'together' the sides are independent; expected a block of one side only");
      }
      if (step instanceof Step.ConnectionBlock) {
        throw script.error(step, TOP_LEVEL_ONLY);
      }
    }
    for (Side side : Side.values()) {
      checkSequence(Continuation.stepsOfSide(together.steps(), side), null);
    }
  }

  private static boolean resets(Step step) {
    return step instanceof Step.Control control && control.kind() == Step.Control.Kind.RESET
        || step.steps().stream().anyMatch(BlockCheck::resets);
  }

  /** Whether TLS is started in the step, or in the block below it. */
  static boolean startsTls(Step step) {
    return step instanceof Step.StartTls || step.steps().stream().anyMatch(BlockCheck::startsTls);
  }
}
