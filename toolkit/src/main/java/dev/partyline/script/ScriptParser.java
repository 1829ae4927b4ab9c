package dev.partyline.script;

import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a wire script: blocks by their indentation, statements by their first word. */
final class ScriptParser {
  private static final int DEEPEST = 50;
  private static final String STATEMENTS =
      "C: or S: (or with | # @ !), eol, pause, within, cut, tls, mark, await, connection,"
          + " every connection, repeat, when, any order or together";

  private final ScriptSource source;
  private final IdentityHashMap<Step, Integer> numbers = new IdentityHashMap<>();
  private LineEnd lineEnd = LineEnd.CRLF;

  /** Lines of bytes can stand anywhere: a script of nothing else needs no check of its blocks. */
  private boolean onlyLines = true;

  /** The line that is read: its index, what stands in it, and where that begins. */
  private int index;

  private String text = "";
  private int column;

  private ScriptParser(ScriptSource source) {
    this.source = source;
  }

  static Script parse(ScriptSource source) {
    ScriptParser parser = new ScriptParser(source);
    parser.seek();
    List<Step> steps = parser.block(0);
    if (!parser.onlyLines) {
      BlockCheck.check(steps, parser.numbers, source);
    }
    return new Script(steps, Map.of(), source, parser.numbers);
  }

  /** Goes on to the next line that is neither blank nor a comment. */
  private void seek() {
    while (index < source.lines().size()) {
      String line = source.lines().get(index);
      column = 0;
      while (column < line.length() && line.charAt(column) == ' ') {
        column++;
      }
      text = line.substring(column);
      if (!text.isBlank() && !text.startsWith("#")) {
        if (text.startsWith("\t")) {
          throw wrong(0, "a tab in the indentation; expected two spaces a level");
        }
        return;
      }
      index++;
    }
    column = -1;
  }

  private List<Step> block(int level) {
    List<Step> steps = new ArrayList<>();
    while (column >= 0) {
      if (column % 2 != 0) {
        throw wrong(0, "indentation of " + column + "; expected two spaces a level");
      }
      if (column < level * 2) {
        break;
      }
      if (column > level * 2) {
        throw wrong(0, "indentation of " + column + "; expected " + level * 2 + " spaces here");
      }
      int number = index + 1;
      Step step = statement(level);
      if (step != null) {
        onlyLines &= step instanceof Step.Line;
        numbers.put(step, number);
        steps.add(step);
      }
    }
    return steps;
  }

  private void advance() {
    index++;
    seek();
  }

  /** Reads one statement with the block below it; {@code eol} only changes what follows. */
  private @Nullable Step statement(int level) {
    @Nullable Duration at = null;
    int skipped = 0;
    if (text.startsWith("[")) {
      at = DurationText.stamp(text);
      if (at == null) {
        throw wrong(0, "expected a time with nine digits and a space, such as [+0.003217000]");
      }
      skipped = text.indexOf(' ') + 1;
      if (!PayloadRules.isTime(at)) {
        throw wrong(0, "expected a time below 9223372036 seconds");
      }
    }
    String rest = text.substring(skipped);
    if (LineParser.isMarked(rest)) {
      Step step = marked(rest, skipped, at);
      advance();
      return step;
    }
    if (rest.stripTrailing().equals("tls")) {
      advance();
      return new Step.StartTls(at);
    }
    if (at != null) {
      throw wrong(skipped, "expected a line such as C: or S!, or tls, after a time");
    }
    text = text.stripTrailing();
    return plain(level);
  }

  private Step marked(String rest, int skipped, @Nullable Duration at) {
    try {
      return new LineParser(rest, lineEnd, at).read(source);
    } catch (ScriptException e) {
      throw wrong(skipped + e.column(), String.valueOf(e.getMessage()));
    }
  }

  private @Nullable Step plain(int level) {
    int space = text.indexOf(' ');
    String word = space < 0 ? text : text.substring(0, space);
    String argument = space < 0 ? "" : text.substring(space + 1);
    switch (text) {
      case "every connection" -> {
        return new Step.Connection(true, below(level));
      }
      case "connection" -> {
        return new Step.Connection(false, below(level));
      }
      case "when" -> {
        return new Step.When(below(level));
      }
      case "any order" -> {
        return new Step.AnyOrder(below(level));
      }
      case "together" -> {
        return new Step.Together(below(level));
      }
      case "repeat" -> {
        return new Step.Repeat(0, below(level));
      }
      default -> {}
    }
    if (word.equals("repeat")) {
      int times = times(argument);
      return new Step.Repeat(times, below(level));
    }
    Step step =
        switch (word) {
          case "eol" -> {
            lineEnd = lineEnd(argument);
            yield null;
          }
          case "pause" -> new Step.Pause(duration(argument));
          case "within" -> new Step.Within(duration(argument));
          case "mark" -> new Step.Mark(mark(argument));
          case "await" -> new Step.Await(mark(argument));
          case "cut" -> cut(argument);
          case "tls" -> throw tooMuch("tls");
          case "every" -> throw wrong(word.length(), "expected 'every connection'");
          case "any" -> throw wrong(word.length(), "expected 'any order'");
          case "connection", "when", "together" -> throw tooMuch(word);
          default -> throw wrong(0, "unknown statement '" + word + "'; expected " + STATEMENTS);
        };
    advance();
    return step;
  }

  private List<Step> below(int level) {
    String word = text;
    int number = index + 1;
    advance();
    if (column <= level * 2) {
      throw new ScriptException(
          source,
          number,
          level * 2 + 1,
          "expected lines indented by two spaces below '" + word + "'");
    }
    if (level == DEEPEST) {
      throw wrong(0, "blocks nested deeper than " + DEEPEST + "; expected a simpler script");
    }
    List<Step> steps = block(level + 1);
    if (steps.isEmpty()) {
      throw new ScriptException(
          source, number, level * 2 + 1, "expected a line to play below '" + word + "'");
    }
    return steps;
  }

  private Step cut(String argument) {
    if (!argument.isEmpty()) {
      throw tooMuch("cut");
    }
    return new Step.Cut();
  }

  private ScriptException tooMuch(String word) {
    return wrong(word.length(), "expected nothing after '" + word + "'");
  }

  private int times(String argument) {
    if (argument.matches("[1-9]\\d{0,8}")) {
      return Integer.parseInt(argument);
    }
    throw wrong(argument(), "expected how often, from 1 to 999999999, or nothing");
  }

  private LineEnd lineEnd(String argument) {
    return switch (argument) {
      case "crlf" -> LineEnd.CRLF;
      case "lf" -> LineEnd.LF;
      default -> throw wrong(argument(), "expected crlf or lf");
    };
  }

  private Duration duration(String argument) {
    Duration time = DurationText.wait(argument);
    if (time != null) {
      return time;
    }
    throw wrong(
        argument(),
        "expected a time above 0 and below ten years, with its unit (ns, us, ms, s, m), such as"
            + " 50ms");
  }

  /** Returns where the argument of the statement at hand begins, or should. */
  private int argument() {
    int space = text.indexOf(' ');
    return space < 0 ? text.length() : space + 1;
  }

  private String mark(String argument) {
    if (Identifiers.isMark(argument)) {
      return argument;
    }
    throw wrong(argument(), "expected a name of letters, digits, '_', '.' and '-', such as ready");
  }

  private ScriptException wrong(int offset, String problem) {
    return new ScriptException(source, index + 1, Math.max(column, 0) + offset + 1, problem);
  }
}
