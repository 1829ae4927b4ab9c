package dev.partyline.script;

import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.internal.text.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a wire script: blocks by their indentation, statements by their first word. */
final class ScriptParser {
  private static final int MAX_DEPTH = 50;
  private static final Pattern TIMESTAMP = Pattern.compile("\\[\\+(\\d{1,10})\\.(\\d{9})\\] ");
  private static final String STATEMENTS =
      "C: or S: (or with | # @ !), eol, pause, within, cut, tls, mark, await, connection,"
          + " every connection, repeat, when, any order or together";

  private final ScriptSource source;
  private final IdentityHashMap<Step, Integer> numbers = new IdentityHashMap<>();
  private LineEnd lineEnd = LineEnd.CRLF;

  /** The line that is read: its index, what stands in it, and where that begins. */
  private int index;

  private String text = "";
  private int column;

  /** How far the first statement is indented, and so the whole script. */
  private int margin;

  private ScriptParser(ScriptSource source) {
    this.source = source;
  }

  static Script parse(ScriptSource source) {
    if (source.strayCrLine() > 0) {
      throw new ScriptException(
          source,
          source.strayCrLine(),
          source.line(source.strayCrLine()).length() + 1,
          "a CR ends this line, and other lines have none; expected it written \\\\r in a text block,"
              + " where javac has replaced \\r, or the same line end everywhere");
    }
    ScriptParser parser = new ScriptParser(source);
    parser.skipToStatement();
    parser.margin = Math.max(0, parser.column);
    Script script = new Script(parser.block(0), Map.of(), source, parser.numbers);
    BlockCheck.check(script);
    return script;
  }

  /** Goes on to the next line that is neither blank nor a comment. */
  private void skipToStatement() {
    while (index < source.lines().size()) {
      String line = source.lines().get(index);
      column = 0;
      while (column < line.length() && line.charAt(column) == ' ') {
        column++;
      }
      text = line.substring(column);
      if (!text.isBlank() && !text.startsWith("#")) {
        if (text.startsWith("\t")) {
          throw error(0, "a tab in the indentation; expected two spaces a level");
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
      int expected = margin + level * 2;
      if (column < margin) {
        throw error(
            0, "indentation of " + column + "; expected " + margin + ", as the first line has");
      }
      if ((column - margin) % 2 != 0) {
        throw error(0, "indentation of " + column + "; expected two spaces a level");
      }
      if (column < expected) {
        break;
      }
      if (column > expected) {
        throw error(0, "indentation of " + column + "; expected " + expected + " spaces here");
      }
      int number = index + 1;
      Step step = statement(level);
      if (step != null) {
        numbers.put(step, number);
        steps.add(step);
      }
    }
    return steps;
  }

  private void advance() {
    index++;
    skipToStatement();
  }

  /** Reads one statement with the block below it; {@code eol} only changes what follows. */
  private @Nullable Step statement(int level) {
    @Nullable Duration timestamp = null;
    int prefixLength = 0;
    if (text.startsWith("[")) {
      timestamp = parseTimestamp(text);
      if (timestamp == null) {
        throw error(
            0,
            "expected a time with nine digits and a space, such as [+0.003217000]" + suggestion());
      }
      prefixLength = text.indexOf(' ') + 1;
      if (!PayloadRules.isTimestamp(timestamp)) {
        throw error(0, "expected a time below 9223372036 seconds");
      }
    }
    String rest = text.substring(prefixLength);
    if (LineParser.isSideLine(rest)) {
      Step step = sideLine(rest, prefixLength, timestamp);
      advance();
      return step;
    }
    if (rest.stripTrailing().equals("tls")) {
      advance();
      return new Step.StartTls(timestamp);
    }
    if (timestamp != null) {
      throw error(prefixLength, "expected a line such as C: or S!, or tls, after a time");
    }
    text = text.stripTrailing();
    return keywordStatement(level);
  }

  private Step sideLine(String rest, int prefixLength, @Nullable Duration timestamp) {
    try {
      return new LineParser(rest, lineEnd, timestamp).parse(source);
    } catch (ScriptException e) {
      throw error(prefixLength + e.column(), String.valueOf(e.getMessage()));
    }
  }

  private @Nullable Step keywordStatement(int level) {
    int comment = text.indexOf(" #");
    if (comment > 0) {
      throw error(comment + 1, "expected the comment on a line of its own");
    }
    int space = text.indexOf(' ');
    String word = space < 0 ? text : text.substring(0, space);
    String argument = space < 0 ? "" : text.substring(space + 1);
    switch (text) {
      case "every connection" -> {
        return new Step.ConnectionBlock(true, childBlock(level));
      }
      case "connection" -> {
        return new Step.ConnectionBlock(false, childBlock(level));
      }
      case "when" -> {
        return new Step.When(childBlock(level));
      }
      case "any order" -> {
        return new Step.AnyOrder(childBlock(level));
      }
      case "together" -> {
        return new Step.Together(childBlock(level));
      }
      case "repeat" -> {
        return new Step.Repeat(0, childBlock(level));
      }
      default -> {}
    }
    if (word.equals("repeat")) {
      int times = times(argument);
      return new Step.Repeat(times, childBlock(level));
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
          case "tls" -> throw unexpectedArgument("tls");
          case "every" -> throw error(word.length(), "expected 'every connection'");
          case "any" -> throw error(word.length(), "expected 'any order'");
          case "connection", "when", "together" -> throw unexpectedArgument(word);
          default -> throw error(0, unknownStatement(word));
        };
    advance();
    return step;
  }

  private String unknownStatement(String word) {
    return "unknown statement '" + word + "'; expected " + STATEMENTS + suggestion();
  }

  private String suggestion() {
    return Suggestion.ofStatement(text).map(each -> "; did you mean " + each + "?").orElse("");
  }

  private List<Step> childBlock(int level) {
    String word = text;
    int number = index + 1;
    int blockColumn = margin + level * 2;
    advance();
    if (column <= blockColumn) {
      throw new ScriptException(
          source,
          number,
          blockColumn + 1,
          "expected lines indented by two spaces below '" + word + "'");
    }
    if (level == MAX_DEPTH) {
      throw error(0, "blocks nested deeper than " + MAX_DEPTH + "; expected a simpler script");
    }
    List<Step> steps = block(level + 1);
    if (steps.isEmpty()) {
      throw new ScriptException(
          source, number, blockColumn + 1, "expected a line to play below '" + word + "'");
    }
    return steps;
  }

  private Step cut(String argument) {
    if (!argument.isEmpty()) {
      throw unexpectedArgument("cut");
    }
    return new Step.Cut();
  }

  private ScriptException unexpectedArgument(String word) {
    return error(word.length(), "expected nothing after '" + word + "'");
  }

  private int times(String argument) {
    if (argument.matches("[1-9]\\d{0,8}")) {
      return Integer.parseInt(argument);
    }
    throw error(argumentOffset(), "expected how often, from 1 to 999999999, or nothing");
  }

  private LineEnd lineEnd(String argument) {
    return switch (argument) {
      case "crlf" -> LineEnd.CRLF;
      case "lf" -> LineEnd.LF;
      default -> throw error(argumentOffset(), "expected crlf or lf");
    };
  }

  /** Returns the time that a line begins with, up to its first space, or null if there is none. */
  private static @Nullable Duration parseTimestamp(String line) {
    Matcher matcher = TIMESTAMP.matcher(line);
    return matcher.lookingAt()
        ? Duration.ofSeconds(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)))
        : null;
  }

  private Duration duration(String argument) {
    Duration time = DurationText.parse(argument);
    if (time != null && ArgumentChecks.isWait(time)) {
      return time;
    }
    throw error(
        argumentOffset(),
        "expected a time above 0 and below ten years, with its unit (ns, us, ms, s, m), such as"
            + " 50ms");
  }

  /** Returns where the argument of the statement at hand begins, or should. */
  private int argumentOffset() {
    int space = text.indexOf(' ');
    return space < 0 ? text.length() : space + 1;
  }

  private String mark(String argument) {
    if (Identifiers.isMark(argument)) {
      return argument;
    }
    throw error(argumentOffset(), "expected a name of " + Identifiers.MARK_RULE);
  }

  private ScriptException error(int offset, String problem) {
    return new ScriptException(source, index + 1, Math.max(column, 0) + offset + 1, problem);
  }
}
