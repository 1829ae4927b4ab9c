package dev.partyline.script;

import dev.partyline.wire.Side;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What may stand in which block, and what must follow what. */
final class BlockCheck {
  private final Map<Step, Integer> numbers;
  private final ScriptSource source;

  private BlockCheck(Map<Step, Integer> numbers, ScriptSource source) {
    this.numbers = numbers;
    this.source = source;
  }

  /**
   * Checks a whole script.
   *
   * @throws ScriptException if a statement stands where it cannot
   */
  static void check(List<Step> steps, Map<Step, Integer> numbers, ScriptSource source) {
    BlockCheck check = new BlockCheck(numbers, source);
    boolean inConnections = false;
    boolean hasCatchAll = false;
    for (Step step : steps) {
      if (hasCatchAll) {
        throw check.error(
            step, "'every connection' took all that is left; expected it to be the last block");
      }
      if (step instanceof Step.ConnectionBlock connection) {
        inConnections = true;
        hasCatchAll = connection.every();
        check.checkSequence(connection.steps(), null);
      } else if (inConnections) {
        throw check.error(step, "expected every line to stand in a connection block, or none");
      }
    }
    if (inConnections && !(steps.get(0) instanceof Step.ConnectionBlock)) {
      throw check.error(
          steps.get(0), "expected every line to stand in a connection block, or none");
    }
    if (!inConnections) {
      check.checkSequence(steps, null);
    }
  }

  private void checkSequence(List<Step> steps, @Nullable Continuation outer) {
    @Nullable Side[] nextSides = Continuation.nextSides(steps, outer);
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      Side next = nextSides[i + 1];
      Continuation continuation = new Continuation(steps.subList(i + 1, steps.size()), outer);
      if (step instanceof Step.AnyLines anyLines) {
        checkAnyLines(anyLines, next, continuation);
      } else if (step instanceof Step.Control control) {
        checkControl(control, steps.subList(i + 1, steps.size()));
      } else if (step instanceof Step.Within) {
        checkWithin(step, next);
      } else if (step instanceof Step.ConnectionBlock) {
        throw error(step, "expected a connection block to stand at top level");
      } else if (step instanceof Step.Repeat repeat) {
        checkSequence(repeat.steps(), new Continuation(repeat.steps(), continuation));
      } else if (step instanceof Step.When when) {
        checkWhen(when, continuation.withoutBranches());
      } else if (step instanceof Step.AnyOrder anyOrder) {
        checkAnyOrder(anyOrder);
      } else if (step instanceof Step.Together together) {
        checkTogether(together);
      }
    }
  }

  private void checkAnyLines(
      Step.AnyLines anyLines, @Nullable Side next, Continuation continuation) {
    if (next != anyLines.side() && continuation.expectsAnywhere(anyLines.side())) {
      char mark = anyLines.side().letter();
      throw error(
          anyLines,
          String.format(
              "'%c: ...' takes lines up to the next expectation; expected a line of %c right after"
                  + " it, or none at all",
              mark, mark));
    }
  }

  private void checkControl(Step.Control control, List<Step> laterSteps) {
    boolean stalled = control.kind() == Step.ControlKind.STALL;
    for (Step step : laterSteps) {
      boolean sends = step instanceof Step.Line line && line.side() == control.side();
      boolean controls =
          step instanceof Step.StartTls
              || step instanceof Step.Control next
                  && next.side() == control.side()
                  && next.kind() != Step.ControlKind.RESET
                  && next.kind() != Step.ControlKind.CLOSE;
      if (sends || controls) {
        throw error(
            step,
            String.format(
                "the %s cannot do this after %c! %s; expected it to %s",
                control.side(),
                control.side().letter(),
                control.kind().word(),
                stalled ? "only pause, await, reset or close" : "say no more"));
      }
    }
  }

  private void checkWithin(Step step, @Nullable Side next) {
    if (next == null) {
      throw error(step, "expected a line below 'within' that must come in that time");
    }
  }

  private void checkWhen(Step.When when, Continuation continuation) {
    Step first = when.steps().get(0);
    boolean waits = first instanceof Step.Line || first instanceof Step.Control;
    if (!waits) {
      throw error(
          first,
          "a branch is chosen by its first line; expected a line to wait for, such as C: ${*}");
    }
    checkSequence(when.steps(), continuation);
  }

  private void checkAnyOrder(Step.AnyOrder anyOrder) {
    Side side = null;
    boolean hasLine = false;
    for (Step step : anyOrder.steps()) {
      Side sender =
          step instanceof Step.Line line
              ? line.side()
              : step instanceof Step.AnyLines anyLines ? anyLines.side() : null;
      if (sender == null || (side != null && sender != side)) {
        throw error(step, "expected only lines of one side in 'any order'");
      }
      side = sender;
      hasLine |= step instanceof Step.Line;
    }
    if (!hasLine) {
      throw error(anyOrder, "expected a line besides '...' in 'any order'");
    }
  }

  private void checkTogether(Step.Together together) {
    for (Step step : together.steps()) {
      if (hasStartTls(List.of(step))) {
        throw error(step, "in 'together' the sides are independent; expected no 'tls' in it");
      }
      if (Continuation.expects(step, Side.CLIENT) && Continuation.expects(step, Side.SERVER)) {
        throw error(
            step, "in 'together' the sides are independent; expected a block of one side only");
      }
      if (step instanceof Step.ConnectionBlock) {
        throw error(step, "expected a connection block to stand at top level");
      }
    }
    for (Side side : Side.values()) {
      checkSequence(Continuation.stepsOfSide(together.steps(), side), null);
    }
  }

  /** Whether TLS is started in one of the steps, or in a block of them. */
  static boolean hasStartTls(List<Step> steps) {
    // Streams and lambdas take long to load, and this stands between a JVM and its first answer.
    for (Step step : steps) {
      if (step instanceof Step.StartTls || hasStartTls(Continuation.children(step))) {
        return true;
      }
    }
    return false;
  }

  private ScriptException error(Step step, String problem) {
    int line = numbers.getOrDefault(step, 0);
    int column = 1;
    while (line > 0 && source.line(line).startsWith(" ", column - 1)) {
      column++;
    }
    return new ScriptException(source, line, column, problem);
  }
}
