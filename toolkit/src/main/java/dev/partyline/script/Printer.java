package dev.partyline.script;

import dev.partyline.internal.text.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints steps as the text that parses to them, a line for each statement. */
public final class Printer {
  /**
   * One line of a printed script.
   *
   * @param level how deep it is indented
   * @param text the statement
   * @param step the step that it stands for; null for {@code eol}
   */
  public record PrintedLine(int level, String text, @Nullable Step step) {
    @Override
    public String toString() {
      return "  ".repeat(level) + text;
    }
  }

  private final List<PrintedLine> lines = new ArrayList<>();
  private LineEnd lineEnd = LineEnd.CRLF;

  private Printer() {}

  /** Returns the lines of the printed script, each with its step. */
  public static List<PrintedLine> lines(List<Step> steps) {
    Printer printer = new Printer();
    for (Step step : steps) {
      printer.lineEnd(step, 0);
      printer.printAll(List.of(step), 0);
    }
    return printer.lines;
  }

  /** Returns the text that parses to the steps. */
  public static String print(List<Step> steps) {
    StringBuilder text = new StringBuilder();
    lines(steps).forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  private void printAll(List<Step> steps, int level) {
    for (Step step : steps) {
      if (step instanceof Step.Line) {
        lineEnd(step, level);
      }
      lines.add(new PrintedLine(level, statement(step), step));
      printAll(step.steps(), level + 1);
    }
  }

  /** Prints the line end that the first line of a step has, if it is not the one in force. */
  private void lineEnd(Step step, int level) {
    LineEnd wanted = firstLineEnd(step);
    if (wanted != LineEnd.NONE && wanted != lineEnd) {
      lineEnd = wanted;
      lines.add(new PrintedLine(level, wanted == LineEnd.LF ? "eol lf" : "eol crlf", null));
    }
  }

  private static LineEnd firstLineEnd(Step step) {
    if (step instanceof Step.Line line) {
      return line.end();
    }
    return step.steps().stream()
        .map(Printer::firstLineEnd)
        .filter(end -> end != LineEnd.NONE)
        .findFirst()
        .orElse(LineEnd.NONE);
  }

  /** Returns the statement alone, without the block below it. */
  static String statement(Step step) {
    Duration timestamp = step.timestamp();
    String prefix = timestamp == null ? "" : DurationText.timestamp(timestamp) + " ";
    return prefix + withoutTimestamp(step);
  }

  /** Returns the statement without the time at which it was recorded. */
  public static String withoutTimestamp(Step step) {
    return StatementPrinter.print(step, HexPayload::print);
  }

  /** Returns it with pairs of digits alone in a line in hex, as bytes are shown beside it. */
  public static String inPairs(Step step) {
    return StatementPrinter.print(step, HexPayload::pairs);
  }
}
