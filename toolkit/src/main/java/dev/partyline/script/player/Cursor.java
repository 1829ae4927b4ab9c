package dev.partyline.script.player;

import dev.partyline.script.Continuation;
import dev.partyline.script.Printer;
import dev.partyline.script.Step;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a player stands in its script: each line of it, and what it was waiting for.
 *
 * @param rows the script as printed, a row for each line
 * @param problem what went wrong in one sentence; empty if nothing did
 * @param side whose bytes were waited for; empty if it failed otherwise
 * @param expected the lines that were waited for, the nearest first; empty if it failed otherwise
 * @param received what the peer sent instead, from where the expectation began or, where that is
 *     far, from shortly ahead of the difference
 * @param difference the first byte in {@code received} that differs; -1 if none does
 * @param offset where that is in all that the peer sent
 */
public record Cursor(
    List<Row> rows,
    String problem,
    Optional<Side> side,
    List<String> expected,
    Bytes received,
    int difference,
    long offset) {

  /** How a line of the script fared. */
  public enum State {
    /** Said by our side. */
    SENT,
    /** Sent by the peer as expected. */
    MATCHED,
    /** The player stands here. */
    CURRENT,
    /** Not reached, or nothing to say or meet. */
    PENDING
  }

  /**
   * One line of the script.
   *
   * @param state how it fared
   * @param text the line as printed, with its indentation
   */
  public record Row(State state, String text) {}

  static Cursor of(
      CompiledScript program,
      Interpreter main,
      IdentityHashMap<Instruction.Choice, Instruction.Branch> chosenBranches,
      Optional<Failure> failure) {
    Progress progress = new Progress(chosenBranches);
    progress.walk(main);
    List<Row> rows = new ArrayList<>();
    for (Printer.PrintedLine line : Printer.lines(program.steps())) {
      rows.add(new Row(state(line.step(), program, progress), line.toString()));
    }
    Failure cause = failure.orElse(Failure.of(EndReason.STOPPED, ""));
    return new Cursor(
        List.copyOf(rows),
        cause.problem(),
        Optional.ofNullable(cause.side()),
        cause.expected(),
        cause.received(),
        cause.difference(),
        cause.offset());
  }

  private static State state(@Nullable Step step, CompiledScript program, Progress progress) {
    if (step == null) {
      return State.PENDING;
    }
    if (progress.current().contains(step)) {
      return State.CURRENT;
    }
    boolean hasSide = step instanceof Step.Line || step instanceof Step.Control;
    if (!hasSide || !progress.done().contains(step)) {
      return State.PENDING;
    }
    return Continuation.firstSide(step) == program.ownSide() ? State.SENT : State.MATCHED;
  }
}
