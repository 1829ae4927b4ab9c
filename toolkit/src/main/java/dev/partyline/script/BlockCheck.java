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
    BlockCheck blocks = new BlockCheck(numbers, source);
    boolean inConnections = false;
    boolean every = false;
    for (Step step : steps) {
      if (every) {
        throw blocks.wrong(
            step, "'every connection' took all that is left; expected it to be the last block");
      }
      if (step instanceof Step.Connection connection) {
        inConnections = true;
        every = connection.every();
        blocks.sequence(connection.steps(), null);
      } else if (inConnections) {
        throw blocks.wrong(step, "expected every line to stand in a connection block, or none");
      }
    }
    if (inConnections && !(steps.get(0) instanceof Step.Connection)) {
      throw blocks.wrong(
          steps.get(0), "expected every line to stand in a connection block, or none");
    }
    if (!inConnections) {
      blocks.sequence(steps, null);
    }
  }

  private void sequence(List<Step> steps, @Nullable Continuation outer) {
    @Nullable Side[] nexts = Continuation.nexts(steps, outer);
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      Side next = nexts[i + 1];
      Continuation ahead = new Continuation(steps.subList(i + 1, steps.size()), outer);
      if (step instanceof Step.Rest rest) {
        rest(rest, next, ahead);
      } else if (step instanceof Step.Act act) {
        act(act, steps.subList(i + 1, steps.size()));
      } else if (step instanceof Step.Within) {
        within(step, next);
      } else if (step instanceof Step.Connection) {
        throw wrong(step, "expected a connection block to stand at top level");
      } else if (step instanceof Step.Repeat repeat) {
        sequence(repeat.steps(), new Continuation(repeat.steps(), ahead));
      } else if (step instanceof Step.When when) {
        when(when, ahead.withoutBranches());
      } else if (step instanceof Step.AnyOrder any) {
        anyOrder(any);
      } else if (step instanceof Step.Together together) {
        together(together);
      }
    }
  }

  private void rest(Step.Rest rest, @Nullable Side next, Continuation ahead) {
    if (next != rest.side() && ahead.expectsAnywhere(rest.side())) {
      char mark = rest.side().mark();
      throw wrong(
          rest,
          String.format(
              "'%c: ...' takes lines up to the next expectation; expected a line of %c right after"
                  + " it, or none at all",
              mark, mark));
    }
  }

  private void act(Step.Act act, List<Step> after) {
    boolean stalled = act.deed() == Step.Deed.STALL;
    for (Step step : after) {
      boolean speaks = step instanceof Step.Line line && line.side() == act.side();
      boolean acts =
          step instanceof Step.StartTls
              || step instanceof Step.Act next
                  && next.side() == act.side()
                  && next.deed() != Step.Deed.RESET
                  && next.deed() != Step.Deed.CLOSE;
      if (speaks || acts) {
        throw wrong(
            step,
            String.format(
                "the %s cannot do this after %c! %s; expected it to %s",
                act.side(),
                act.side().mark(),
                act.deed().word(),
                stalled ? "only pause, await, reset or close" : "say no more"));
      }
    }
  }

  private void within(Step step, @Nullable Side next) {
    if (next == null) {
      throw wrong(step, "expected a line below 'within' that must come in that time");
    }
  }

  private void when(Step.When when, Continuation ahead) {
    Step first = when.steps().get(0);
    boolean waits = first instanceof Step.Line || first instanceof Step.Act;
    if (!waits) {
      throw wrong(
          first,
          "a branch is chosen by its first line; expected a line to wait for, such as C: ${*}");
    }
    sequence(when.steps(), ahead);
  }

  private void anyOrder(Step.AnyOrder any) {
    Side side = null;
    boolean lines = false;
    for (Step step : any.steps()) {
      Side speaker =
          step instanceof Step.Line line
              ? line.side()
              : step instanceof Step.Rest rest ? rest.side() : null;
      if (speaker == null || (side != null && speaker != side)) {
        throw wrong(step, "expected only lines of one side in 'any order'");
      }
      side = speaker;
      lines |= step instanceof Step.Line;
    }
    if (!lines) {
      throw wrong(any, "expected a line besides '...' in 'any order'");
    }
  }

  private void together(Step.Together together) {
    for (Step step : together.steps()) {
      if (startTls(List.of(step))) {
        throw wrong(step, "in 'together' the sides are independent; expected no 'tls' in it");
      }
      if (Continuation.expects(step, Side.CLIENT) && Continuation.expects(step, Side.SERVER)) {
        throw wrong(
            step, "in 'together' the sides are independent; expected a block of one side only");
      }
      if (step instanceof Step.Connection) {
        throw wrong(step, "expected a connection block to stand at top level");
      }
    }
    for (Side side : Side.values()) {
      sequence(Continuation.ofSide(together.steps(), side), null);
    }
  }

  /** Whether TLS is started in one of the steps, or in a block of them. */
  static boolean startTls(List<Step> steps) {
    // Streams and lambdas take long to load, and this stands between a JVM and its first answer.
    for (Step step : steps) {
      if (step instanceof Step.StartTls || startTls(Continuation.inside(step))) {
        return true;
      }
    }
    return false;
  }

  private ScriptException wrong(Step step, String problem) {
    int line = numbers.getOrDefault(step, 0);
    int column = 1;
    while (line > 0 && source.line(line).startsWith(" ", column - 1)) {
      column++;
    }
    return new ScriptException(source, line, column, problem);
  }
}
