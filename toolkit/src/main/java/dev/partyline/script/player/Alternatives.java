package dev.partyline.script.player;

import static java.util.stream.Collectors.joining;

import dev.partyline.script.Printer;
import dev.partyline.script.Step;
import dev.partyline.script.player.Expectation.State;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several expectations that are matched with the same bytes; the first in order that matches wins.
 *
 * <p>An expectation wins only after all those before it have failed, so the winner does not depend
 * on how the bytes were split.
 */
final class Alternatives {
  private final List<? extends Instruction.Candidate> candidates;
  private final @Nullable LineMatcher[] matchers;
  private final Variables variables;
  private final PlayerContext context;
  private int winner = -1;

  Alternatives(
      List<? extends Instruction.Candidate> candidates,
      Variables variables,
      PlayerContext context) {
    this.candidates = candidates;
    this.variables = variables;
    this.context = context;
    this.matchers = new LineMatcher[candidates.size()];
  }

  /** Looks at what has been received; returns whether one has won, or all have failed. */
  boolean decide() {
    for (int i = 0; i < matchers.length; i++) {
      State result = match(i);
      if (result == State.MATCHED) {
        winner = i;
        return true;
      }
      if (result == State.PENDING && (matchers[i] == null || !context.input(side(i)).hasEnded())) {
        return false;
      }
    }
    return true;
  }

  private State match(int i) {
    Instruction.Candidate candidate = candidates.get(i);
    InputBuffer input = context.input(side(i));
    if (candidate instanceof Instruction.Expect expect) {
      LineMatcher matcher = matchers[i];
      if (matcher == null) {
        matcher = new LineMatcher(expect.pattern(), variables);
        matchers[i] = matcher;
      }
      return matcher.match(input);
    }
    Step.Control control = ((Instruction.ExpectClose) candidate).step();
    State result = matchClose(control, input);
    return result == State.PENDING && isEndedByOther(control) ? State.MATCHED : result;
  }

  /** A side whose connection was reset by the other has closed it without a FIN or an RST. */
  private boolean isEndedByOther(Step.Control control) {
    return context.ownSide() == null
        && control.kind() != Step.Control.Kind.FINISH
        && context.input(control.side().peer()).isReset();
  }

  /** Returns whether a side ended as it was expected to; an RST may follow a FIN. */
  private static State matchClose(Step.Control control, InputBuffer input) {
    if (!input.isEmpty()) {
      return State.FAILED;
    }
    boolean isMatched =
        switch (control.kind()) {
          case FINISH -> input.hasFin();
          case RESET -> input.isReset() && !input.hasFin();
          case CLOSE, STALL -> input.hasEnded();
        };
    if (isMatched) {
      return State.MATCHED;
    }
    // A side sends one FIN: after it, only an RST can come.
    boolean hasSentFin = control.kind() == Step.Control.Kind.FINISH && input.isFinished();
    return input.isReset() || input.hasFin() || hasSentFin ? State.FAILED : State.PENDING;
  }

  private Side side(int i) {
    return candidates.get(i).side();
  }

  /** Returns the index of the expectation that matched, or -1. */
  int winner() {
    return winner;
  }

  /** Takes what the winner matched out of its input, and keeps what it captured. */
  void consume(Variables target) {
    LineMatcher matcher = matchers[winner];
    if (matcher == null) {
      context.input(side(winner)).consumeFin();
    } else {
      matcher.consume(context.input(side(winner)), target);
    }
  }

  /** Takes what has matched so far out of the input, if there is only one expectation. */
  void consumePrefix() {
    LineMatcher matcher = matchers[0];
    if (matchers.length == 1 && matcher != null) {
      matcher.consumePrefix(context.input(side(0)));
    }
  }

  /** Returns why nothing matched: the bytes are wrong, or there are too few of them. */
  EndReason endReason() {
    if (overBudgetIndex() >= 0) {
      return EndReason.TOO_COMPLEX;
    }
    for (int i = 0; i < matchers.length; i++) {
      LineMatcher matcher = matchers[i];
      InputBuffer input = context.input(side(i));
      boolean isIncomplete = matcher == null ? input.isEmpty() : matcher.isPending();
      if (isIncomplete && input.hasEnded()) {
        return input.isReset() ? EndReason.PEER_RESET : EndReason.PEER_FIN;
      }
    }
    return EndReason.WRONG_BYTES;
  }

  /** Returns the index of the first pattern that took too much work, or -1. */
  private int overBudgetIndex() {
    for (int i = 0; i < matchers.length; i++) {
      LineMatcher matcher = matchers[i];
      if (matcher != null && matcher.isOverBudget()) {
        return i;
      }
    }
    return -1;
  }

  private int closestIndex() {
    int closest = Math.max(0, overBudgetIndex());
    for (int i = 1; i < matchers.length && overBudgetIndex() < 0; i++) {
      if (matchedLength(i) > matchedLength(closest)) {
        closest = i;
      }
    }
    return closest;
  }

  /** Returns what went wrong with the expectation that came closest. */
  Failure failure(EndReason endReason, String problem) {
    int closest = closestIndex();
    List<String> expected = new ArrayList<>();
    expected.add(statement(closest));
    for (int i = 0; i < matchers.length; i++) {
      if (i != closest) {
        expected.add(statement(i));
      }
    }
    InputBuffer input = context.input(side(closest));
    LineMatcher matcher = matchers[closest];
    boolean differs = endReason == EndReason.WRONG_BYTES;
    String reason = matcher == null || matcher.reason().isEmpty() ? "" : ": " + matcher.reason();
    // Counted from where the expectation began: how far it came, and where the excerpt starts.
    int matchedLength = Math.max(matchedLength(closest), 0);
    int excerptStart = Math.max(0, matchedLength - Failure.EXCERPT_BYTES);
    int consumedPrefix = matcher == null ? 0 : matcher.consumedPrefix();
    Bytes received =
        input.excerpt(
            excerptStart - consumedPrefix, matchedLength - consumedPrefix + Failure.EXCERPT_BYTES);
    return new Failure(
        endReason,
        problem + reason,
        side(closest),
        expected,
        received,
        differs ? matchedLength - excerptStart : -1,
        input.consumedBytes() - consumedPrefix + (differs ? matchedLength : excerptStart));
  }

  private int matchedLength(int i) {
    LineMatcher matcher = matchers[i];
    return matcher == null ? -1 : matcher.matchedLength();
  }

  private String statement(int i) {
    return candidates.get(i).steps().stream().map(Printer::inPairs).collect(joining("\n"));
  }
}
