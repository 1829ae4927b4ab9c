package dev.partyline.script.transcript;

import dev.partyline.script.LineEnd;
import dev.partyline.script.Part;
import dev.partyline.script.Script;
import dev.partyline.script.Step;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What differs each time that the same is recorded, such as dates and ids: lines of a wire script
 * with placeholders in these places.
 *
 * <pre>{@code
 * VaryingParts.of("Date: ${*}", "C: X-Request-Id: ${id}");
 * }</pre>
 *
 * <p>In a script that is made of a recording, the lines that fit have the placeholders. What a name
 * has taken from the client is named in the rest of the connection too, wherever it stands by
 * itself and has four bytes or more; so the server sends it back as the client has sent it. A line
 * of the server is sent as it was recorded, but for such names.
 */
public final class VaryingParts {
  private static final VaryingParts NONE = new VaryingParts(List.of());

  private final List<LineRule> rules;

  private VaryingParts(List<LineRule> rules) {
    this.rules = List.copyOf(rules);
  }

  /** Returns the rule that nothing varies. */
  public static VaryingParts none() {
    return NONE;
  }

  /**
   * Returns the rules of these lines.
   *
   * @param lines each a line of text, such as {@code Date: ${*}} for both sides, or {@code C: id
   *     ${id:[0-9]+}} for one; or in hex, such as {@code C# ${id:2 bytes}}, how a message begins,
   *     in its first 16 bytes: a datagram, or what one side sends on a stream at a time
   * @throws dev.partyline.script.ScriptException if a line is not one of a script
   * @throws IllegalArgumentException if a line is not one of text or hex, or has no placeholder
   */
  public static VaryingParts of(String... lines) {
    List<LineRule> rules = new ArrayList<>();
    for (String line : lines) {
      rules.add(rule(line));
    }
    return new VaryingParts(rules);
  }

  private static LineRule rule(String line) {
    boolean hasSide = line.length() > 2 && "CS".indexOf(line.charAt(0)) >= 0 && isMark(line);
    List<Step> steps = Script.parse(hasSide ? line : "C: " + line).steps();
    if (steps.size() != 1
        || !(steps.get(0) instanceof Step.Line step)
        || step.notation() == Step.Notation.FILE
        || step.parts().stream().noneMatch(Part.Placeholder.class::isInstance)) {
      throw new IllegalArgumentException(
          "varying ("
              + line
              + ") must be a line of text or hex with a placeholder, such as Date: ${*}");
    }
    return new LineRule(
        line,
        hasSide ? step.side() : null,
        step.notation(),
        step.end(),
        LinePattern.of(step.parts()));
  }

  private static boolean isMark(String line) {
    return ":|#@!".indexOf(line.charAt(1)) >= 0 && line.charAt(2) == ' ';
  }

  /**
   * Returns where the placeholders of the first rule stand that the line fits.
   *
   * @param startsMessage whether the line is the first of its message
   * @param fitted is told that rule
   */
  List<Replacement> find(
      Step.Line line, Bytes payload, boolean startsMessage, Consumer<String> fitted) {
    for (LineRule rule : rules) {
      Optional<List<Replacement>> found = rule.find(line, payload, startsMessage);
      if (found.isPresent()) {
        fitted.accept(rule.text());
        return found.get();
      }
    }
    return List.of();
  }

  /** Returns the lines as they were given. */
  List<String> lines() {
    return rules.stream().map(LineRule::text).toList();
  }

  /**
   * One line.
   *
   * @param text as it was given
   * @param side whose line it is; null for both
   */
  private record LineRule(
      String text, @Nullable Side side, Step.Notation notation, LineEnd end, LinePattern pattern) {
    Optional<List<Replacement>> find(Step.Line line, Bytes payload, boolean startsMessage) {
      if (side != null && side != line.side()) {
        return Optional.empty();
      }
      if (notation == Step.Notation.HEX) {
        return startsMessage ? pattern.findAtStart(payload) : Optional.empty();
      }
      boolean hasSameEnd = (end == LineEnd.NONE) == (line.end() == LineEnd.NONE);
      return line.notation() == Step.Notation.TEXT && hasSameEnd
          ? pattern.find(payload)
          : Optional.empty();
    }
  }
}
