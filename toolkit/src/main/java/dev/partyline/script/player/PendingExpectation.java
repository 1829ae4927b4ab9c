package dev.partyline.script.player;

import dev.partyline.internal.text.DurationText;
import dev.partyline.script.Part;
import dev.partyline.script.player.StepResult.Signal;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import dev.partyline.wire.TimeoutFactor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an interpreter waits for: one expectation, the first of several that matches, or all of
 * several in any order.
 */
final class PendingExpectation {
  private static final long NOT_STARTED = Long.MIN_VALUE;

  private final PlayerContext context;
  private @Nullable Alternatives alternatives;
  private @Nullable List<Instruction.Expect> missingLines;
  private @Nullable Alternatives nextAlternatives;
  private @Nullable Duration timeout;
  private long startNanos = NOT_STARTED;

  PendingExpectation(PlayerContext context) {
    this.context = context;
  }

  /** Returns the lines of an {@code any order} that have not matched yet. */
  List<Instruction.Expect> missingLines() {
    return missingLines == null ? List.of() : missingLines;
  }

  /** Whether it waits for the peer's bytes, so that back pressure would block it. */
  boolean isExpecting() {
    return alternatives != null;
  }

  /** Sets the time in which the next expectation must match. */
  void setTimeout(Duration time) {
    timeout = time;
  }

  /** Returns the index of the expectation that matched, or -1. */
  int winner() {
    return alternatives == null ? -1 : alternatives.winner();
  }

  /** Consumes what matched, and ends the wait. */
  void consume(Variables target) {
    if (alternatives != null) {
      alternatives.consume(target);
    }
    clear();
  }

  /** Ends the wait. */
  void clear() {
    alternatives = null;
    missingLines = null;
    nextAlternatives = null;
    timeout = null;
    startNanos = NOT_STARTED;
  }

  /** Waits for the first of these expectations; NEXT when one of them has matched. */
  StepResult awaitFirst(List<? extends Instruction.Candidate> expected, Frame frame, long now) {
    Alternatives current = alternatives(expected, frame);
    Side side = expected.get(0).side();
    InputBuffer input = context.input(side);
    if (!current.decide()) {
      if (!input.allowsAny) {
        current.consumePrefix();
      }
      return awaitInput(current, side, frame, now);
    }
    if (current.winner() < 0) {
      return onMismatch(current, side, frame);
    }
    input.allowsAny = false;
    return Signal.NEXT;
  }

  private Alternatives alternatives(List<? extends Instruction.Candidate> expected, Frame frame) {
    Alternatives current =
        alternatives == null ? new Alternatives(expected, frame.variables, context) : alternatives;
    alternatives = current;
    return current;
  }

  /**
   * Returns the expectations with the most fixed bytes first, so that a more general line does not
   * take what only a more specific one can: {@code ${*}} beside {@code Host: ${h}}, or {@code a}
   * beside {@code ab}. All of them must come, so this makes no wait longer.
   */
  private static List<Instruction.Expect> mostFixedFirst(
      List<Instruction.Expect> expected, Variables variables) {
    List<Instruction.Expect> sorted = new ArrayList<>(expected);
    sorted.sort(Comparator.comparingInt(each -> -fixedBytes(each, variables)));
    return sorted;
  }

  private static int fixedBytes(Instruction.Expect expect, Variables variables) {
    int bytes = 0;
    for (Part part : expect.pattern()) {
      Bytes value = variables.bytes(part);
      bytes += value == null ? 0 : value.size();
    }
    return bytes;
  }

  /** Waits for all the lines of a block; NEXT when one of them has matched. */
  StepResult awaitAnyOrder(Instruction.ExpectAll block, Frame frame, long now) {
    List<Instruction.Expect> remaining =
        missingLines == null ? mostFixedFirst(block.items(), frame.variables) : missingLines;
    missingLines = remaining;
    InputBuffer input = context.input(block.side());
    Alternatives current = alternatives(remaining, frame);
    if (!current.decide()) {
      return awaitInput(current, block.side(), frame, now);
    }
    if (current.winner() < 0) {
      return block.allowsAny() && !input.isEmpty()
          ? allowLine(current, block.side(), frame, now)
          : onMismatch(current, block.side(), frame);
    }
    current.consume(frame.variables);
    remaining.remove(current.winner());
    alternatives = null;
    nextAlternatives = null;
    // Each line has its own deadline, unless 'within' sets one for them all.
    startNanos = timeout == null ? NOT_STARTED : startNanos;
    input.allowsAny = remaining.isEmpty() && block.allowsAny();
    return Signal.NEXT;
  }

  /** Skips a line, unless it is the one below the block: then lines are missing. */
  private StepResult allowLine(Alternatives current, Side side, Frame frame, long now) {
    Instruction nextInstruction =
        frame.index + 1 < frame.instructions.size()
            ? frame.instructions.get(frame.index + 1)
            : null;
    if (nextInstruction instanceof Instruction.Expect expect && expect.side() == side) {
      Alternatives next =
          nextAlternatives == null
              ? new Alternatives(List.of(expect), frame.variables, context)
              : nextAlternatives;
      nextAlternatives = next;
      if (!next.decide()) {
        return awaitInput(current, side, frame, now);
      }
      if (next.winner() >= 0) {
        String problem = "the " + side + " went on without all the lines in any order";
        return fail(current.failure(EndReason.WRONG_BYTES, problem));
      }
    }
    context.input(side).skipLine();
    nextAlternatives = null;
    alternatives = null;
    return Signal.RERUN;
  }

  /** Nothing matches what has come: a line is skipped, a loop is over, or the script fails. */
  private StepResult onMismatch(Alternatives current, Side side, Frame frame) {
    InputBuffer input = context.input(side);
    if (input.allowsAny && !input.isEmpty()) {
      input.skipLine();
      alternatives = null;
      return Signal.RERUN;
    }
    // An observer learns only from what comes next that the end of the other side ended the loop.
    boolean loopEnded =
        input.isEmpty() || (context.ownSide() == null && context.input(side.peer()).hasEnded());
    if (loopEnded && frame.idleLoop() != null) {
      return Signal.EXIT_LOOP;
    }
    EndReason endReason = current.endReason();
    String problem =
        switch (endReason) {
          case PEER_RESET -> "the " + side + " reset the connection";
          case PEER_FIN -> "the " + side + " sent FIN";
          case TOO_COMPLEX -> "the pattern was given up";
          default -> "the " + side + " sent something else";
        };
    return fail(current.failure(endReason, problem));
  }

  private StepResult awaitInput(Alternatives current, Side side, Frame frame, long now) {
    if (context.input(side).isEmpty() && frame.isBetweenIterations()) {
      return new StepResult.Wait(Long.MAX_VALUE);
    }
    long limitNanos =
        timeout == null ? context.timeoutNanos() : TimeoutFactor.stretch(timeout).toNanos();
    long deadline = deadline(limitNanos, now);
    if (now - deadline < 0) {
      return new StepResult.Wait(deadline);
    }
    String time = DurationText.words(Duration.ofNanos(limitNanos));
    String problem = "the " + side + " did not send this within " + time;
    return fail(current.failure(EndReason.TIMED_OUT, problem));
  }

  /** Returns the end of a wait that began when this was first called. */
  private long deadline(long limitNanos, long now) {
    startNanos = startNanos == NOT_STARTED ? now : startNanos;
    return startNanos + limitNanos;
  }

  /** Waits for time to pass; NEXT when it has. */
  StepResult awaitPause(Duration time, long now) {
    long deadline = deadline(time.toNanos(), now);
    if (now - deadline < 0) {
      return new StepResult.Wait(deadline);
    }
    startNanos = NOT_STARTED;
    return Signal.NEXT;
  }

  /** Ends a wait for a time or a mark that does not matter any more. */
  StepResult skip() {
    clear();
    return Signal.NEXT;
  }

  /** Waits for a mark; NEXT when it is set. */
  StepResult awaitMark(String name, long now) {
    if (context.marks().isMarked(name)) {
      startNanos = NOT_STARTED;
      return Signal.NEXT;
    }
    if (!context.marks().canBeSet(name)) {
      String problem =
          "mark '"
              + name
              + "' cannot be set any more, because the connection that sets it has ended";
      return fail(Failure.of(EndReason.STOPPED, problem));
    }
    long deadline = deadline(context.timeoutNanos(), now);
    if (now - deadline < 0) {
      return new StepResult.Wait(deadline);
    }
    String problem =
        "mark '"
            + name
            + "' was not set within "
            + DurationText.words(Duration.ofNanos(context.timeoutNanos()))
            + "; set so far: "
            + context.marks().names();
    return fail(Failure.of(EndReason.TIMED_OUT, problem));
  }

  private static StepResult fail(Failure failure) {
    return new StepResult.Fail(failure);
  }
}
