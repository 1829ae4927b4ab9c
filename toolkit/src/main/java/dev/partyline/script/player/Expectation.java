package dev.partyline.script.player;

import dev.partyline.script.LineEnd;
import dev.partyline.script.ScriptBuilder;
import dev.partyline.script.ScriptException;
import dev.partyline.script.Step;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.util.List;
import java.util.Map;

/**
 * One line of a script on its own, held against bytes by hand: its escapes and placeholders mean
 * what they mean there.
 */
public final class Expectation {
  private final String payload;
  private final List<Step.Line> lines;

  private Expectation(String payload, LineEnd end) {
    this.payload = payload;
    this.lines = List.of(ScriptBuilder.textLine(Side.SERVER, payload, end, null));
  }

  /** How an expectation stands. */
  public enum State {
    /** More must come before it is known. */
    PENDING,
    /** It is met. */
    MATCHED,
    /** A byte has come that cannot fit. */
    FAILED
  }

  /**
   * What came of an expectation.
   *
   * @param state how it stands
   * @param length how many bytes met it, or the offset of the first difference
   * @param values what the placeholders took
   * @param problem why it failed where that is more than a byte that differs; else empty
   */
  public record Result(State state, int length, Map<String, Bytes> values, String problem) {}

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

  /** Holds it against the bytes that have come so far, from the first one on. */
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
