package dev.partyline.script;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several expectations held against the same bytes; the first in order that takes them wins.
 *
 * <p>An expectation wins only when all those ahead of it have failed, so the winner does not hang
 * on how the bytes were split.
 */
final class Alternatives {
  private final List<? extends Instruction> candidates;
  private final @Nullable LineMatcher[] matches;
  private final Variables scope;
  private final PlayerContext setting;
  private int winner = -1;

  Alternatives(List<? extends Instruction> candidates, Variables scope, PlayerContext setting) {
    this.candidates = candidates;
    this.scope = scope;
    this.setting = setting;
    this.matches = new LineMatcher[candidates.size()];
  }

  /** Looks at what has come; returns whether one has won, or all have failed. */
  boolean decide() {
    for (int i = 0; i < matches.length; i++) {
      StepResult result = look(i);
      if (result == StepResult.ON) {
        winner = i;
        return true;
      }
      if (result == StepResult.WAIT && !setting.inbox(side(i)).hasEnded()) {
        return false;
      }
    }
    return true;
  }

  private StepResult look(int i) {
    Instruction candidate = candidates.get(i);
    InputBuffer inbox = setting.inbox(side(i));
    if (candidate instanceof Instruction.Expect expect) {
      LineMatcher match = matches[i];
      if (match == null) {
        match = new LineMatcher(expect.parts(), scope);
        matches[i] = match;
      }
      return match.look(inbox);
    }
    return CloseMatcher.look(((Instruction.ExpectAct) candidate).step(), inbox);
  }

  private Side side(int i) {
    return side(candidates.get(i));
  }

  static Side side(Instruction candidate) {
    return candidate instanceof Instruction.Expect expect
        ? expect.side()
        : ((Instruction.ExpectAct) candidate).step().side();
  }

  /** Returns the place of the expectation that took the bytes, or -1. */
  int winner() {
    return winner;
  }

  /** Takes what the winner matched out of its inbox, and keeps what it captured. */
  void take(Variables target) {
    LineMatcher match = matches[winner];
    if (match != null) {
      match.take(setting.inbox(side(winner)), target);
    }
  }

  /** Takes what has matched so far, where there is but one expectation, out of the inbox. */
  void release() {
    LineMatcher match = matches[0];
    if (matches.length == 1 && match != null) {
      match.release(setting.inbox(side(0)));
    }
  }

  /** Returns why nothing took the bytes: they are others, or there are too few of them. */
  EndReason ending() {
    if (gaveUp() >= 0) {
      return EndReason.STUCK;
    }
    for (int i = 0; i < matches.length; i++) {
      LineMatcher match = matches[i];
      InputBuffer inbox = setting.inbox(side(i));
      boolean lacks = match == null ? inbox.isEmpty() : match.isOpen();
      if (lacks && inbox.hasEnded()) {
        return inbox.isReset() ? EndReason.PEER_RESET : EndReason.PEER_FINISHED;
      }
    }
    return EndReason.WRONG_BYTES;
  }

  /** Returns the place of the first pattern that took too much work, or -1: no byte is to blame. */
  private int gaveUp() {
    for (int i = 0; i < matches.length; i++) {
      LineMatcher match = matches[i];
      if (match != null && match.gaveUp()) {
        return i;
      }
    }
    return -1;
  }

  private int nearest() {
    int nearest = Math.max(0, gaveUp());
    for (int i = 1; i < matches.length && gaveUp() < 0; i++) {
      if (reached(i) > reached(nearest)) {
        nearest = i;
      }
    }
    return nearest;
  }

  /** Returns what went wrong, as seen from the nearest expectation. */
  Failure failure(EndReason ending, String problem) {
    int nearest = nearest();
    List<String> expected = new ArrayList<>();
    expected.add(statement(nearest));
    for (int i = 0; i < matches.length; i++) {
      if (i != nearest) {
        expected.add(statement(i));
      }
    }
    InputBuffer inbox = setting.inbox(side(nearest));
    LineMatcher match = matches[nearest];
    boolean differs = ending == EndReason.WRONG_BYTES;
    String reason = match == null || match.reason().isEmpty() ? "" : ": " + match.reason();
    // Where it stands, and how much ahead of that is shown, counted from where it began.
    int reached = Math.max(reached(nearest), 0);
    int from = Math.max(0, reached - Failure.EXCERPT);
    int dropped = match == null ? 0 : match.dropped();
    Bytes received = inbox.excerpt(from - dropped, reached - dropped + Failure.EXCERPT);
    return new Failure(
        ending,
        problem + reason,
        side(nearest),
        expected,
        received,
        differs ? reached - from : -1,
        inbox.taken() - dropped + (differs ? reached : from));
  }

  private int reached(int i) {
    LineMatcher match = matches[i];
    return match == null ? -1 : match.reached();
  }

  private String statement(int i) {
    Instruction candidate = candidates.get(i);
    if (candidate instanceof Instruction.Expect expect) {
      return String.join("\n", expect.lines().stream().map(Printer::untimed).toList());
    }
    return Printer.untimed(candidate.step());
  }
}
