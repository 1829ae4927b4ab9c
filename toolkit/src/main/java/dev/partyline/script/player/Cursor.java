package dev.partyline.script.player;

import dev.partyline.script.Continuation;
import dev.partyline.script.Printer;
import dev.partyline.script.Step;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a player is in its script: the state of each line, and what it was waiting for.
 *
 * @param rows the script as printed, a row for each line
 * @param problem what went wrong in one sentence; empty if nothing did
 * @param side the side whose bytes were waited for; empty if it failed for another reason
 * @param expected the lines that were waited for, the closest match first; empty if it failed for
 *     another reason
 * @param received what the peer sent instead, from where the expectation began, or from shortly
 *     before the difference if that is far away
 * @param difference the first byte in {@code received} that differs; -1 if none does
 * @param offset its offset in all that the peer sent
 */
public record Cursor(
    List<Row> rows,
    String problem,
    Optional<Side> side,
    List<String> expected,
    Bytes received,
    int difference,
    long offset) {
  private static final State[] STATES = State.values();

  /** What has become of a line of the script. */
  public enum State {
    /** Sent by our side. */
    SENT,
    /** Sent by the peer as expected. */
    MATCHED,
    /** The player is here. */
    CURRENT,
    /** Not reached, or nothing to send or expect. */
    PENDING
  }

  /**
   * One line of the script.
   *
   * @param state what has become of it
   * @param text the line as printed, with its indentation
   */
  public record Row(State state, String text) {
    /** Returns the state alone, because the line may have secrets. */
    @Override
    public String toString() {
      return "Row[state=" + state + "]";
    }
  }

  /** Returns where it stands, without lines and bytes, which may have secrets. */
  @Override
  public String toString() {
    return "Cursor[states=%s, side=%s, difference=%d, offset=%d]"
        .formatted(
            rows.stream().map(Row::state).toList(),
            side.map(Side::toString).orElse("none"),
            difference,
            offset);
  }

  /**
   * Returns this cursor as failures show it: secrets of the conversation and of the script are
   * masked wherever they stand, their length is kept.
   *
   * @param conversation the conversation that the script was played in
   * @param peer the side that the player does not play
   */
  public Cursor masked(Conversation conversation, Side peer, Redaction redaction) {
    MaskedCursor masked = new MaskedCursor(this, conversation, peer, redaction);
    List<String> texts = masked.rows();
    List<Row> maskedRows = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      maskedRows.add(new Row(rows.get(i).state(), texts.get(i)));
    }
    return new Cursor(
        List.copyOf(maskedRows),
        masked.problem(),
        side,
        expected.stream().map(masked::expected).toList(),
        masked.received(),
        difference,
        offset);
  }

  static Cursor of(CompiledScript program, byte[] lineStates, @Nullable Failure failure) {
    List<Row> rows = new ArrayList<>(lineStates.length);
    for (Printer.PrintedLine line : program.lines()) {
      rows.add(new Row(STATES[lineStates[rows.size()]], line.toString()));
    }
    Failure cause = failure == null ? Failure.of(EndReason.STOPPED, "") : failure;
    return new Cursor(
        List.copyOf(rows),
        cause.problem(),
        Optional.ofNullable(cause.side()),
        cause.expected(),
        cause.received(),
        cause.difference(),
        cause.offset());
  }

  /** Returns the ordinal of the state of each line, which takes less room than the rows. */
  static byte[] lineStates(
      CompiledScript program,
      Interpreter main,
      IdentityHashMap<Instruction.Choice, Instruction.Branch> chosenBranches) {
    Progress progress = new Progress(chosenBranches);
    progress.walk(main);
    List<Printer.PrintedLine> lines = program.lines();
    byte[] states = new byte[lines.size()];
    for (int i = 0; i < states.length; i++) {
      states[i] = (byte) state(lines.get(i).step(), program, progress).ordinal();
    }
    return states;
  }

  private static State state(@Nullable Step step, CompiledScript program, Progress progress) {
    if (step == null) {
      return State.PENDING;
    }
    if (progress.current().contains(step)) {
      return State.CURRENT;
    }
    boolean hasSide = step instanceof Step.Line || step instanceof Step.Control;
    if (!hasSide || !progress.done().contains(step)) {
      return State.PENDING;
    }
    return Continuation.firstSide(step) == program.ownSide() ? State.SENT : State.MATCHED;
  }
}
