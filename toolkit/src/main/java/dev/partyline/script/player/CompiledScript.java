package dev.partyline.script.player;

import dev.partyline.script.Printer;
import dev.partyline.script.Step;
import dev.partyline.wire.Side;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one side does and expects on one connection, or on all that are left. */
final class CompiledScript {
  private final List<Step> steps;
  private final boolean every;
  private final @Nullable Side ownSide;
  private final List<Instruction> instructions;
  private final Set<String> marks = new HashSet<>();
  private @Nullable List<Printer.PrintedLine> lines;

  /**
   * Holds what was compiled.
   *
   * @param steps those of the script that are for this connection
   * @param every whether it is for all the connections that are left
   * @param ownSide the side that the player plays; null for an observer, which expects both sides
   * @param instructions what the player does
   */
  CompiledScript(
      List<Step> steps, boolean every, @Nullable Side ownSide, List<Instruction> instructions) {
    this.steps = steps;
    this.every = every;
    this.ownSide = ownSide;
    this.instructions = instructions;
    addMarks(steps);
  }

  private void addMarks(List<Step> outer) {
    for (Step step : outer) {
      if (step instanceof Step.Mark mark) {
        marks.add(mark.name());
      }
      addMarks(step.steps());
    }
  }

  /** Returns the marks that it sets. */
  Set<String> marks() {
    return marks;
  }

  List<Step> steps() {
    return steps;
  }

  boolean every() {
    return every;
  }

  @Nullable Side ownSide() {
    return ownSide;
  }

  List<Instruction> instructions() {
    return instructions;
  }

  /** Returns the script as printed; it is printed once, because each connection asks for it. */
  synchronized List<Printer.PrintedLine> lines() {
    List<Printer.PrintedLine> printed = lines == null ? Printer.lines(steps) : lines;
    lines = printed;
    return printed;
  }
}
