package dev.partyline.script.player;

import dev.partyline.script.LineEnd;
import dev.partyline.script.Script;
import dev.partyline.script.ScriptException;
import dev.partyline.script.Step;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * One line of a script on its own, to be matched with bytes; escapes and placeholders mean what
 * they mean in a script.
 */
public final class Expectation {
  private final String payload;
  private final List<Step.Line> lines;

  private Expectation(String payload, LineEnd end) {
    this.payload = payload;
    Step.Line line = Step.Line.ofText(Side.SERVER, payload, end);
    this.lines = List.of(line);
    new EndCheck(Script.parse(""), Set.of(), false).check(lines);
  }

  /** Whether an expectation matches. */
  public enum State {
    /** More bytes must come before that is known. */
    PENDING,
    /** It matches. */
    MATCHED,
    /** A byte has come that cannot match. */
    FAILED
  }

  /**
   * The result of a match.
   *
   * @param state whether it matches
   * @param length how many bytes match, or the offset of the first difference
   * @param values what the placeholders took
   * @param problem why it failed if there is more to say than that a byte differs; else empty
   */
  public record Result(State state, int length, Map<String, Bytes> values, String problem) {
    /** Returns how far it matches, without values and problem, which may have secrets. */
    @Override
    public String toString() {
      return "Result[state=%s, length=%d, values of %s]"
          .formatted(state, length, new TreeSet<>(values.keySet()));
    }
  }

  /**
   * Returns the expectation of a line of text with CR and LF at its end: {@code S: payload}.
   *
   * @throws ScriptException if the payload cannot be read
   */
  public static Expectation line(String payload) {
    return new Expectation(payload, LineEnd.CRLF);
  }

  /**
   * Returns the expectation of text without a line end: {@code S| payload}.
   *
   * @throws ScriptException if the payload cannot be read
   */
  public static Expectation text(String payload) {
    return new Expectation(payload, LineEnd.NONE);
  }

  /** Matches it with the bytes that have come so far, from the first one on. */
  public Result match(Bytes bytes) {
    InputBuffer input = new InputBuffer(false);
    input.add(bytes.toBuffer());
    LineMatcher matcher = new LineMatcher(WireParts.pattern(lines), Variables.NONE);
    State state = matcher.match(input);
    return new Result(state, matcher.matchedLength(), matcher.captures(), matcher.reason());
  }

  /** Returns the bytes that it stands for if it has no placeholder, else its payload. */
  public Bytes expected() {
    Bytes constant = MessageEncoder.constant(WireParts.of(lines));
    return constant == null ? Bytes.utf8(payload) : constant;
  }

  @Override
  public String toString() {
    return payload;
  }
}
