package dev.partyline.script;

import dev.partyline.internal.text.DurationText;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
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

  public static List<PrintedLine> lines(List<Step> steps) {
    Printer printer = new Printer();
    for (Step step : steps) {
      printer.lineEnd(step, 0);
      printer.printAll(List.of(step), 0);
    }
    return printer.lines;
  }

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
      printAll(Continuation.children(step), level + 1);
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
    return Continuation.children(step).stream()
        .map(Printer::firstLineEnd)
        .filter(end -> end != LineEnd.NONE)
        .findFirst()
        .orElse(LineEnd.NONE);
  }

  /** Returns the statement alone, without the block below it. */
  static String statement(Step step) {
    return timestampText(timestamp(step)) + withoutTimestamp(step);
  }

  private static @Nullable Duration timestamp(Step step) {
    if (step instanceof Step.Line line) {
      return line.timestamp();
    }
    if (step instanceof Step.AnyLines anyLines) {
      return anyLines.timestamp();
    }
    if (step instanceof Step.Control control) {
      return control.timestamp();
    }
    return step instanceof Step.StartTls startTls ? startTls.timestamp() : null;
  }

  /** Returns the statement without the time at which it was recorded. */
  public static String withoutTimestamp(Step step) {
    if (step instanceof Step.Line line) {
      return line(line);
    }
    if (step instanceof Step.AnyLines anyLines) {
      return anyLines.side().letter() + ": ...";
    }
    if (step instanceof Step.Control control) {
      return control.side().letter() + "! " + control.kind().word();
    }
    if (step instanceof Step.Pause pause) {
      return "pause " + DurationText.literal(pause.time());
    }
    if (step instanceof Step.Within within) {
      return "within " + DurationText.literal(within.time());
    }
    if (step instanceof Step.Mark mark) {
      return "mark " + mark.name();
    }
    if (step instanceof Step.Await await) {
      return "await " + await.name();
    }
    if (step instanceof Step.ConnectionBlock connection) {
      return connection.every() ? "every connection" : "connection";
    }
    if (step instanceof Step.Repeat repeat) {
      return repeat.times() == 0 ? "repeat" : "repeat " + repeat.times();
    }
    if (step instanceof Step.When) {
      return "when";
    }
    if (step instanceof Step.AnyOrder) {
      return "any order";
    }
    if (step instanceof Step.StartTls) {
      return "tls";
    }
    return step instanceof Step.Together ? "together" : "cut";
  }

  public static String timestampText(@Nullable Duration timestamp) {
    return timestamp == null
        ? ""
        : String.format(Locale.ROOT, "[+%d.%09d] ", timestamp.getSeconds(), timestamp.getNano());
  }

  private static String line(Step.Line line) {
    Side side = line.side();
    StringBuilder payload = new StringBuilder();
    for (Part part : line.parts()) {
      payload.append(part(part, line.notation()));
    }
    char mark =
        switch (line.notation()) {
          case TEXT -> line.end() == LineEnd.NONE ? '|' : ':';
          case HEX -> '#';
          case FILE -> '@';
        };
    String text = text(payload.toString(), line.notation());
    return text.isEmpty() ? "" + side.letter() + mark : "" + side.letter() + mark + ' ' + text;
  }

  /** Returns the payload with what an editor would eat, or the language would misread, escaped. */
  static String text(String payload, Step.Notation notation) {
    if (notation != Step.Notation.TEXT) {
      return notation == Step.Notation.HEX ? payload.strip() : payload;
    }
    if (payload.equals("...")) {
      return "\\...";
    }
    return payload.endsWith(" ") ? payload.substring(0, payload.length() - 1) + "\\s" : payload;
  }

  private static String part(Part part, Step.Notation notation) {
    if (part instanceof Part.Fixed fixed) {
      return notation == Step.Notation.HEX ? hex(fixed.bytes()) : fixed.bytes().escaped();
    }
    if (part instanceof Part.AnyByte) {
      return "?? ";
    }
    if (part instanceof Part.File file) {
      return file.name();
    }
    if (part instanceof Part.Placeholder placeholder) {
      String constraint =
          placeholder.constraint() instanceof Part.Count count
              ? ":" + count.bytes() + " bytes"
              : placeholder.constraint() instanceof Part.Regex regex ? ":" + regex.source() : "";
      return "${" + placeholder.name() + constraint + (notation == Step.Notation.HEX ? "} " : "}");
    }
    return "${body-length}";
  }

  public static String hex(Bytes bytes) {
    return HexFormat.of().withSuffix(" ").formatHex(bytes.toArray());
  }
}
