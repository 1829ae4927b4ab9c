package dev.partyline.script;

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
    SAID,
    /** Sent by the peer as expected. */
    MET,
    /** The player stands here. */
    HERE,
    /** Not reached, or nothing to say or meet. */
    AHEAD
  }

  /**
   * One line of the script.
   *
   * @param state how it fared
   * @param text the line as printed, with its indentation
   */
  public record Row(State state, String text) {}

  static Cursor of(
      CompiledScript plan,
      Interpreter main,
      IdentityHashMap<Instruction.Choice, Instruction.Branch> chosen,
      Optional<Failure> failure) {
    Progress reached = new Progress(chosen);
    reached.walk(main);
    List<Row> rows = new ArrayList<>();
    for (Printer.Printed line : Printer.lines(plan.steps())) {
      rows.add(new Row(state(line.step(), plan, reached), line.toString()));
    }
    Failure why = failure.orElse(Failure.plain(EndReason.STOPPED, ""));
    return new Cursor(
        List.copyOf(rows),
        why.problem(),
        Optional.ofNullable(why.side()),
        why.expected(),
        why.received(),
        why.difference(),
        why.offset());
  }

  private static State state(@Nullable Step step, CompiledScript plan, Progress reached) {
    if (step == null) {
      return State.AHEAD;
    }
    if (reached.here().contains(step)) {
      return State.HERE;
    }
    boolean speaks = step instanceof Step.Line || step instanceof Step.Act;
    if (!speaks || !reached.past().contains(step)) {
      return State.AHEAD;
    }
    return Continuation.first(step) == plan.own() ? State.SAID : State.MET;
  }
}
