package dev.partyline.script;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  static Cursor of(Stage.Part part, Fiber main, Optional<Failure> failure) {
    Set<Step> past = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<Step> here = Collections.newSetFromMap(new IdentityHashMap<>());
    walk(main, past, here);
    List<Row> rows = new ArrayList<>();
    for (Printer.Printed line : Printer.lines(part.steps())) {
      rows.add(new Row(state(line.step(), part, past, here), line.toString()));
    }
    Failure why = failure.orElse(Failure.plain(Ending.STOPPED, ""));
    return new Cursor(
        List.copyOf(rows),
        why.problem(),
        Optional.ofNullable(why.side()),
        why.expected(),
        why.received(),
        why.difference(),
        why.offset());
  }

  private static State state(@Nullable Step step, Stage.Part part, Set<Step> past, Set<Step> here) {
    if (step == null) {
      return State.AHEAD;
    }
    if (here.contains(step)) {
      return State.HERE;
    }
    boolean speaks = step instanceof Step.Line || step instanceof Step.Act;
    if (!speaks || !past.contains(step)) {
      return State.AHEAD;
    }
    return Ahead.first(step) == part.own() ? State.SAID : State.MET;
  }

  private static void walk(Fiber fiber, Set<Step> past, Set<Step> here) {
    List<Frame> path = fiber.frame().path();
    for (Frame frame : path) {
      frame.ops.subList(0, Math.min(frame.index, frame.ops.size())).forEach(op -> all(op, past));
    }
    Frame last = path.get(path.size() - 1);
    if (last.isAtEnd()) {
      return;
    }
    Op op = last.op();
    if (op instanceof Op.Unordered unordered && !fiber.missing().isEmpty()) {
      unordered.items().forEach(item -> all(item, past));
      fiber.missing().forEach(item -> past.removeAll(item.lines()));
      fiber.missing().forEach(item -> here.addAll(item.lines()));
    } else if (!fiber.inside().isEmpty()) {
      fiber.inside().forEach(inner -> walk(inner, past, here));
    } else if (op instanceof Op.Choice choice) {
      choice.firsts().forEach(first -> here.add(first.step()));
    } else if (op instanceof Op.Expect expect) {
      here.addAll(expect.lines());
    } else {
      here.add(op.step());
    }
  }

  private static void all(Op op, Set<Step> into) {
    if (op instanceof Op.Say say) {
      into.addAll(say.lines());
    } else if (op instanceof Op.Expect expect) {
      into.addAll(expect.lines());
    } else if (op instanceof Op.Loop loop) {
      loop.ops().forEach(inner -> all(inner, into));
    } else if (op instanceof Op.Unordered unordered) {
      unordered.items().forEach(inner -> all(inner, into));
    } else if (op instanceof Op.Both both) {
      both.client().forEach(inner -> all(inner, into));
      both.server().forEach(inner -> all(inner, into));
    } else if (!(op instanceof Op.Choice)) {
      into.add(op.step());
    }
  }
}
