package dev.partyline.script.transcript;

import dev.partyline.script.Printer;
import dev.partyline.script.Script;
import dev.partyline.script.Step;
import dev.partyline.wire.Conversation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was recorded beside what was approved, a wire script: the lines that differ, and the text of
 * what was recorded, to be approved in turn. Secrets are masked in both.
 */
public final class TranscriptComparison {
  private static final String MASKED = "# Masked: an asterisk stands for each byte of a secret.\n";
  private static final int CONTEXT_LINES = 3;

  private final List<Conversation> originals;
  private final List<Conversation> received;
  private final List<StepAlignment> alignments = new ArrayList<>();
  private final boolean inBlocks;

  private TranscriptComparison(
      @Nullable Script approved, List<Conversation> originals, Redaction redaction) {
    this.originals = originals;
    this.received = originals.stream().map(redaction::apply).toList();
    List<List<Step>> approvedBlocks = blocks(approved);
    this.inBlocks =
        originals.size() != 1
            || (approved != null && approved.steps().stream().anyMatch(this::isBlock));
    for (int i = 0; i < Math.max(approvedBlocks.size(), received.size()); i++) {
      alignments.add(
          StepAlignment.of(
              i < approvedBlocks.size() ? approvedBlocks.get(i) : List.of(),
              i < received.size()
                  ? TranscriptWriter.of(received.get(i), false).steps()
                  : List.of()));
    }
  }

  /**
   * Compares.
   *
   * @param approved what was approved; null for nothing yet
   * @param conversations what was recorded, in the order of the connections
   */
  public static TranscriptComparison of(
      @Nullable Script approved, List<Conversation> conversations, Redaction redaction) {
    return new TranscriptComparison(approved, conversations, redaction);
  }

  private static List<List<Step>> blocks(@Nullable Script approved) {
    if (approved == null || approved.steps().isEmpty()) {
      return List.of();
    }
    return approved.steps().get(0) instanceof Step.ConnectionBlock
        ? approved.steps().stream().map(Step::steps).toList()
        : List.of(approved.steps());
  }

  private boolean isBlock(Step step) {
    return step instanceof Step.ConnectionBlock;
  }

  /** Returns the conversations with secrets masked, to be matched with what was approved. */
  public List<Conversation> received() {
    return received;
  }

  /**
   * Returns what was recorded as the text of a script. Where a line fits one that was approved,
   * that one stands there, so that its placeholders are not lost.
   */
  public String text() {
    String masked = received.equals(originals) ? "" : MASKED;
    if (!inBlocks) {
      return masked + Printer.print(alignments.get(0).merged());
    }
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < received.size(); i++) {
      List<Step> merged = alignments.get(i).merged();
      steps.add(
          new Step.ConnectionBlock(false, merged.isEmpty() ? List.of(new Step.Cut()) : merged));
    }
    return masked + Printer.print(steps);
  }

  /**
   * Returns the lines that differ, with some around them: {@code -} stands before one that was
   * approved, {@code +} before one that was recorded.
   */
  public List<String> difference() {
    List<String> result = new ArrayList<>();
    for (int i = 0; i < alignments.size(); i++) {
      List<String> rows = alignments.get(i).rows(CONTEXT_LINES);
      if (!rows.isEmpty() && inBlocks) {
        String what = i < received.size() ? "" : ", which there was not";
        result.add("connection " + (i + 1) + what + ":");
      }
      result.addAll(rows);
    }
    return result;
  }
}
