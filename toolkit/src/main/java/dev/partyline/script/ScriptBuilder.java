package dev.partyline.script;

import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link Script} in Java; each method adds the statement of the same name.
 *
 * <p>Payloads are written as in a script: with its escapes and placeholders.
 *
 * <pre>
 * Script.builder().server("220 ready").client("EHLO ${host}").server("250 hello ${host}").build()
 * </pre>
 */
public final class ScriptBuilder {
  private final List<Step> steps = new ArrayList<>();
  private LineEnd lineEnd = LineEnd.CRLF;
  private @Nullable Duration timestamp;

  ScriptBuilder() {}

  /** Adds {@code C: payload}: a line of the client. */
  public ScriptBuilder client(String payload) {
    return line(Side.CLIENT, payload);
  }

  /** Adds {@code S: payload}: a line of the server. */
  public ScriptBuilder server(String payload) {
    return line(Side.SERVER, payload);
  }

  /**
   * Adds a line of text and the line end in force; a payload of {@code ...} adds {@link #anyLines}.
   *
   * @throws ScriptException if the payload cannot be read
   */
  public ScriptBuilder line(Side side, String payload) {
    if (payload.equals("...")) {
      return anyLines(side);
    }
    return add(textLine(side, payload, lineEnd, takeTimestamp()));
  }

  /**
   * Adds text without a line end: {@code C| payload}.
   *
   * @throws ScriptException if the payload cannot be read
   */
  public ScriptBuilder text(Side side, String payload) {
    return add(textLine(side, payload, LineEnd.NONE, takeTimestamp()));
  }

  /**
   * Adds bytes in hex: {@code C# 0d 0a ?? ${id:4 bytes} "text"}.
   *
   * @throws ScriptException if the payload cannot be read
   */
  public ScriptBuilder hex(Side side, String payload) {
    List<Part> parts = parsePayload(payload, () -> PayloadParser.hex(payload));
    if (parts.isEmpty()) {
      throw new IllegalArgumentException(
          "payload (" + payload + ") must be pairs of hexadecimal digits, such as 0d 0a");
    }
    return add(new Step.Line(side, Step.Notation.HEX, parts, LineEnd.NONE, takeTimestamp()));
  }

  /** Adds bytes as they are; they print in hex. */
  public ScriptBuilder bytes(Side side, Bytes bytes) {
    List<Part> parts = bytes.isEmpty() ? List.of() : List.of(new Part.Fixed(bytes));
    Step.Notation notation = bytes.isEmpty() ? Step.Notation.TEXT : Step.Notation.HEX;
    return add(new Step.Line(side, notation, parts, LineEnd.NONE, takeTimestamp()));
  }

  /**
   * Adds the content of a file or class-path resource: {@code C@ name}.
   *
   * @throws ScriptException if there is no file or resource of that name
   */
  public ScriptBuilder file(Side side, String name) {
    Bytes content = ScriptSource.forBuilder().find(name);
    if (content == null) {
      throw new ScriptException(
          ScriptSource.forBuilder(),
          0,
          0,
          "no file or class-path resource '"
              + name
              + "'; expected it in the working directory or on the class path");
    }
    List<Part> parts = List.of(new Part.File(name, content));
    return add(new Step.Line(side, Step.Notation.FILE, parts, LineEnd.NONE, takeTimestamp()));
  }

  /** Adds {@code C: ...}: any number of whole lines, up to the next expectation. */
  public ScriptBuilder anyLines(Side side) {
    return add(new Step.AnyLines(side, takeTimestamp()));
  }

  /** Adds {@code C! finish}: a FIN. */
  public ScriptBuilder finish(Side side) {
    return add(new Step.Control(side, Step.Control.Kind.FINISH, takeTimestamp()));
  }

  /** Adds {@code C! close}. */
  public ScriptBuilder close(Side side) {
    return add(new Step.Control(side, Step.Control.Kind.CLOSE, takeTimestamp()));
  }

  /** Adds {@code C! reset}: an RST. */
  public ScriptBuilder reset(Side side) {
    return add(new Step.Control(side, Step.Control.Kind.RESET, takeTimestamp()));
  }

  /** Adds {@code C! stall}: stops reading, and stays open. */
  public ScriptBuilder stall(Side side) {
    return add(new Step.Control(side, Step.Control.Kind.STALL, takeTimestamp()));
  }

  /** Sets how the lines from here on end: {@code eol lf}. */
  public ScriptBuilder eol(LineEnd end) {
    if (end == LineEnd.NONE) {
      throw new IllegalArgumentException("end (NONE) must be CRLF or LF; text() adds no line end");
    }
    lineEnd = end;
    return this;
  }

  /** Sets the time of the next line, when its chunk was recorded: {@code [+0.003217000]}. */
  public ScriptBuilder at(Duration time) {
    PayloadRules.requireTimestamp(time);
    timestamp = time;
    return this;
  }

  /** Adds {@code pause 50ms}. */
  public ScriptBuilder pause(Duration time) {
    return add(new Step.Pause(time));
  }

  /** Adds {@code within 200ms}. */
  public ScriptBuilder within(Duration time) {
    return add(new Step.Within(time));
  }

  /** Adds {@code cut}. */
  public ScriptBuilder cut() {
    return add(new Step.Cut());
  }

  /** Adds {@code tls}. */
  public ScriptBuilder tls() {
    return add(new Step.StartTls(takeTimestamp()));
  }

  /** Adds {@code mark NAME}. */
  public ScriptBuilder mark(String name) {
    return add(new Step.Mark(name));
  }

  /** Adds {@code await NAME}. */
  public ScriptBuilder await(String name) {
    return add(new Step.Await(name));
  }

  /** Adds {@code connection} with the steps of the block. */
  public ScriptBuilder connection(Consumer<ScriptBuilder> block) {
    return add(new Step.ConnectionBlock(false, childSteps(block)));
  }

  /** Adds {@code every connection} with the steps of the block. */
  public ScriptBuilder everyConnection(Consumer<ScriptBuilder> block) {
    return add(new Step.ConnectionBlock(true, childSteps(block)));
  }

  /** Adds {@code repeat}: the steps of the block, over and over. */
  public ScriptBuilder repeat(Consumer<ScriptBuilder> block) {
    return add(new Step.Repeat(0, childSteps(block)));
  }

  /**
   * Adds {@code repeat 3}.
   *
   * @param times how often, 1 or more
   * @param block adds what is repeated
   */
  public ScriptBuilder repeat(int times, Consumer<ScriptBuilder> block) {
    return add(new Step.Repeat(ArgumentChecks.atLeast("times", times, 1), childSteps(block)));
  }

  /** Adds {@code when} with the steps of the branch. */
  public ScriptBuilder when(Consumer<ScriptBuilder> branch) {
    return add(new Step.When(childSteps(branch)));
  }

  /** Adds {@code any order} with the lines of the block. */
  public ScriptBuilder anyOrder(Consumer<ScriptBuilder> block) {
    return add(new Step.AnyOrder(childSteps(block)));
  }

  /** Adds {@code together} with the steps of the block. */
  public ScriptBuilder together(Consumer<ScriptBuilder> block) {
    return add(new Step.Together(childSteps(block)));
  }

  /**
   * Returns the script.
   *
   * @throws ScriptException if a step stands where it cannot
   */
  public Script build() {
    return Script.of(steps);
  }

  private List<Step> childSteps(Consumer<ScriptBuilder> block) {
    ScriptBuilder inner = new ScriptBuilder();
    inner.lineEnd = lineEnd;
    block.accept(inner);
    // As in a text, a line end that was set in a block also holds after it.
    lineEnd = inner.lineEnd;
    return inner.steps;
  }

  private ScriptBuilder add(Step step) {
    steps.add(step);
    return this;
  }

  private @Nullable Duration takeTimestamp() {
    Duration time = timestamp;
    timestamp = null;
    return time;
  }

  /**
   * Returns a line of text.
   *
   * @throws ScriptException if the payload cannot be read
   */
  static Step.Line textLine(Side side, String payload, LineEnd end, @Nullable Duration timestamp) {
    List<Part> parts = parsePayload(payload, () -> PayloadParser.text(payload));
    return new Step.Line(side, Step.Notation.TEXT, parts, end, timestamp);
  }

  private static List<Part> parsePayload(String payload, Supplier<List<Part>> parser) {
    try {
      return parser.get();
    } catch (ScriptException e) {
      throw new ScriptException(
          ScriptSource.forBuilder(),
          0,
          0,
          "payload (" + payload + ") at character " + (e.column() + 1) + ": " + e.getMessage());
    }
  }
}
