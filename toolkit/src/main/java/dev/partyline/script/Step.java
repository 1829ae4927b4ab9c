package dev.partyline.script;

import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.wire.Side;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One statement of a {@link Script}; blocks hold the statements that are indented below them. */
public sealed interface Step {

  /** Returns the side whose statement it is, or null if it belongs to no single side. */
  default @Nullable Side side() {
    return null;
  }

  /**
   * Returns when the chunk that begins here was recorded, counted from the opening of the
   * connection; null if that is not known.
   */
  default @Nullable Duration timestamp() {
    return null;
  }

  /** Returns the steps that are indented below it; none if it is not a block. */
  default List<Step> steps() {
    return List.of();
  }

  /** Calls the method of the visitor that is for this type of step. */
  void accept(StepVisitor visitor);

  /** How the payload of a line is written. */
  enum Notation {
    /** Text with escapes: {@code C:} with a line end, {@code C|} without. */
    TEXT,
    /** Pairs of hexadecimal digits: {@code C#}. */
    HEX,
    /** The name of a file or class-path resource: {@code C@}. */
    FILE
  }

  /**
   * Bytes that one side sends: {@code C:}, {@code C|}, {@code C#} or {@code C@}.
   *
   * @param side the side that sends them
   * @param notation how they are written
   * @param parts what they are, without the line end
   * @param end what ends the line; only text has a line end
   * @param timestamp when the chunk that begins here was recorded, counted from the opening of the
   *     connection; null if that is not known
   */
  record Line(
      Side side, Notation notation, List<Part> parts, LineEnd end, @Nullable Duration timestamp)
      implements Step {
    /**
     * Makes the line.
     *
     * @throws IllegalArgumentException if a part cannot stand in this notation, or the time is
     *     negative
     */
    public Line {
      PayloadRules.requireTimestamp(timestamp);
      parts = List.copyOf(parts);
      String problem = PayloadRules.problem(notation, parts, end);
      if (problem != null) {
        throw new IllegalArgumentException(problem);
      }
    }

    /**
     * Returns a line of text whose payload is read as in a script.
     *
     * @throws ScriptException if the payload cannot be read
     */
    public static Line ofText(Side side, String payload, LineEnd end) {
      return ScriptBuilder.textLine(side, payload, end, null);
    }

    @Override
    public void accept(StepVisitor visitor) {
      visitor.visit(this);
    }
  }

  /**
   * Any number of whole lines, up to the first that the next expectation takes: {@code C: ...}.
   *
   * @param side the side that may send them
   * @param timestamp when the chunk that begins here was recorded; null if that is not known
   */
  record AnyLines(Side side, @Nullable Duration timestamp) implements Step {
    /**
     * Makes the step.
     *
     * @throws IllegalArgumentException if the time is negative
     */
    public AnyLines {
      PayloadRules.requireTimestamp(timestamp);
    }

    @Override
    public void accept(StepVisitor visitor) {
      visitor.visit(this);
    }
  }

  /**
   * Something that a side does other than send bytes: {@code C! finish}.
   *
   * @param side the side that does it
   * @param kind what it does
   * @param timestamp when it was recorded; null if that is not known
   */
  record Control(Side side, Kind kind, @Nullable Duration timestamp) implements Step {

    /** What a side does other than send bytes. */
    public enum Kind {
      /** Sends a FIN, and goes on reading. */
      FINISH,
      /** Closes the connection. */
      CLOSE,
      /** Aborts the connection with an RST. */
      RESET,
      /** Stops reading, and keeps the connection open. */
      STALL;

      /** Returns its keyword in a script. */
      public String word() {
        return name().toLowerCase(Locale.ROOT);
      }
    }

    /**
     * Makes the step.
     *
     * @throws IllegalArgumentException if the time is negative
     */
    public Control {
      PayloadRules.requireTimestamp(timestamp);
    }

    @Override
    public void accept(StepVisitor visitor) {
      visitor.visit(this);
    }
  }

  /**
   * A wait before the next line that this side sends: {@code pause 50ms}.
   *
   * @param time how long
   */
  record Pause(Duration time) implements Step {
    /**
     * Makes the step.
     *
     * @throws IllegalArgumentException if the time is not above 0, or over ten years
     */
    public Pause {
      ArgumentChecks.wait("time", time);
    }

    @Override
    public void accept(StepVisitor visitor) {
      visitor.visit(this);
    }
  }

  /**
   * The time in which the next expectation must be met: {@code within 200ms}.
   *
   * @param time how long
   */
  record Within(Duration time) implements Step {
    /**
     * Makes the step.
     *
     * @throws IllegalArgumentException if the time is not above 0, or over ten years
     */
    public Within {
      ArgumentChecks.wait("time", time);
    }

    @Override
    public void accept(StepVisitor visitor) {
      visitor.visit(this);
    }
  }

  /**
   * Both sides start TLS here, as after STARTTLS: {@code tls}.
   *
   * @param timestamp when that was recorded; null if that is not known
   */
  record StartTls(@Nullable Duration timestamp) implements Step {
    /**
     * Makes the step.
     *
     * @throws IllegalArgumentException if the time is negative
     */
    public StartTls {
      PayloadRules.requireTimestamp(timestamp);
    }

    @Override
    public void accept(StepVisitor visitor) {
      visitor.visit(this);
    }
  }

  /** The end of a message between two lines of one side: {@code cut}. */
  record Cut() implements Step {
    @Override
    public void accept(StepVisitor visitor) {
      visitor.visit(this);
    }
  }

  /**
   * Tells the test and other connections that the player has reached this: {@code mark NAME}.
   *
   * @param name the mark
   */
  record Mark(String name) implements Step {
    /**
     * Makes the step.
     *
     * @throws IllegalArgumentException if the name has a character other than letters, digits,
     *     {@code _}, {@code .} and {@code -}
     */
    public Mark {
      PayloadRules.requireMark(name);
    }

    @Override
    public void accept(StepVisitor visitor) {
      visitor.visit(this);
    }
  }

  /**
   * Holds the player until a mark is set: {@code await NAME}.
   *
   * @param name the mark
   */
  record Await(String name) implements Step {
    /**
     * Makes the step.
     *
     * @throws IllegalArgumentException if the name has a character other than letters, digits,
     *     {@code _}, {@code .} and {@code -}
     */
    public Await {
      PayloadRules.requireMark(name);
    }

    @Override
    public void accept(StepVisitor visitor) {
      visitor.visit(this);
    }
  }

  /**
   * Steps for the next connection, or for all that no earlier block is for: {@code connection},
   * {@code every connection}.
   *
   * @param every whether it is for all the connections that are left
   * @param steps what is sent and expected there
   */
  record ConnectionBlock(boolean every, List<Step> steps) implements Step {
    /**
     * Makes the block.
     *
     * @throws IllegalArgumentException if there are no steps
     */
    public ConnectionBlock {
      steps = blockOf(steps);
    }

    @Override
    public void accept(StepVisitor visitor) {
      visitor.visit(this);
    }
  }

  /**
   * Steps that are played over and over, or a number of times: {@code repeat}, {@code repeat 3}.
   *
   * @param times how often; 0 for over and over
   * @param steps what is repeated
   */
  record Repeat(int times, List<Step> steps) implements Step {
    /**
     * Makes the block.
     *
     * @throws IllegalArgumentException if the number of times is negative, or there are no steps
     */
    public Repeat {
      ArgumentChecks.notNegative("times", times);
      steps = blockOf(steps);
    }

    @Override
    public void accept(StepVisitor visitor) {
      visitor.visit(this);
    }
  }

  /**
   * One of several adjacent branches, chosen by its first expectation: {@code when}.
   *
   * @param steps the branch
   */
  record When(List<Step> steps) implements Step {
    /**
     * Makes the block.
     *
     * @throws IllegalArgumentException if there are no steps
     */
    public When {
      steps = blockOf(steps);
    }

    @Override
    public void accept(StepVisitor visitor) {
      visitor.visit(this);
    }
  }

  /**
   * Lines that come each once, in any order: {@code any order}.
   *
   * @param steps the lines; an {@link AnyLines} among them lets other lines pass
   */
  record AnyOrder(List<Step> steps) implements Step {
    /**
     * Makes the block.
     *
     * @throws IllegalArgumentException if there are no steps
     */
    public AnyOrder {
      steps = blockOf(steps);
    }

    @Override
    public void accept(StepVisitor visitor) {
      visitor.visit(this);
    }
  }

  /**
   * Steps in which each side keeps its own order, but the sides are independent: {@code together}.
   *
   * @param steps the steps of both sides
   */
  record Together(List<Step> steps) implements Step {
    /**
     * Makes the block.
     *
     * @throws IllegalArgumentException if there are no steps
     */
    public Together {
      steps = blockOf(steps);
    }

    @Override
    public void accept(StepVisitor visitor) {
      visitor.visit(this);
    }
  }

  private static List<Step> blockOf(List<Step> steps) {
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("steps () must not be empty: a block has at least one");
    }
    return List.copyOf(steps);
  }
}
