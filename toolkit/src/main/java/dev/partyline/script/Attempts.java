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
final class Attempts {
  private final List<? extends Op> candidates;
  private final @Nullable Match[] matches;
  private final Scope scope;
  private final Setting setting;
  private int winner = -1;

  Attempts(List<? extends Op> candidates, Scope scope, Setting setting) {
    this.candidates = candidates;
    this.scope = scope;
    this.setting = setting;
    this.matches = new Match[candidates.size()];
  }

  /** Looks at what has come; returns whether one has won, or all have failed. */
  boolean decide() {
    for (int i = 0; i < matches.length; i++) {
      Flow result = look(i);
      if (result == Flow.ON) {
        winner = i;
        return true;
      }
      if (result == Flow.WAIT && !setting.inbox(side(i)).hasEnded()) {
        return false;
      }
    }
    return true;
  }

  private Flow look(int i) {
    Op candidate = candidates.get(i);
    Inbox inbox = setting.inbox(side(i));
    if (candidate instanceof Op.Expect expect) {
      Match match = matches[i];
      if (match == null) {
        match = new Match(expect.parts(), scope);
        matches[i] = match;
      }
      return match.look(inbox);
    }
    return Deeds.look(((Op.ExpectAct) candidate).step(), inbox);
  }

  private Side side(int i) {
    return side(candidates.get(i));
  }

  static Side side(Op candidate) {
    return candidate instanceof Op.Expect expect
        ? expect.side()
        : ((Op.ExpectAct) candidate).step().side();
  }

  /** Returns the place of the expectation that took the bytes, or -1. */
  int winner() {
    return winner;
  }

  /** Takes what the winner matched out of its inbox, and keeps what it captured. */
  void take(Scope target) {
    Match match = matches[winner];
    if (match != null) {
      match.take(setting.inbox(side(winner)), target);
    }
  }

  /** Takes what has matched so far, where there is but one expectation, out of the inbox. */
  void release() {
    Match match = matches[0];
    if (matches.length == 1 && match != null) {
      match.release(setting.inbox(side(0)));
    }
  }

  /** Returns why nothing took the bytes: they are others, or there are too few of them. */
  Ending ending() {
    if (gaveUp() >= 0) {
      return Ending.STUCK;
    }
    for (int i = 0; i < matches.length; i++) {
      Match match = matches[i];
      Inbox inbox = setting.inbox(side(i));
      boolean lacks = match == null ? inbox.isEmpty() : match.isOpen();
      if (lacks && inbox.hasEnded()) {
        return inbox.isReset() ? Ending.PEER_RESET : Ending.PEER_FINISHED;
      }
    }
    return Ending.WRONG_BYTES;
  }

  /** Returns the place of the first pattern that took too much work, or -1: no byte is to blame. */
  private int gaveUp() {
    for (int i = 0; i < matches.length; i++) {
      Match match = matches[i];
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
  Failure failure(Ending ending, String problem) {
    int nearest = nearest();
    List<String> expected = new ArrayList<>();
    expected.add(statement(nearest));
    for (int i = 0; i < matches.length; i++) {
      if (i != nearest) {
        expected.add(statement(i));
      }
    }
    Inbox inbox = setting.inbox(side(nearest));
    Match match = matches[nearest];
    boolean differs = ending == Ending.WRONG_BYTES;
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
    Match match = matches[i];
    return match == null ? -1 : match.reached();
  }

  private String statement(int i) {
    Op candidate = candidates.get(i);
    if (candidate instanceof Op.Expect expect) {
      return String.join("\n", expect.lines().stream().map(Printer::untimed).toList());
    }
    return Printer.untimed(candidate.step());
  }
}
