package dev.partyline.assertions;

import dev.partyline.internal.text.Quantity;
import dev.partyline.script.Script;
import dev.partyline.script.Step;
import dev.partyline.script.player.ScriptMatch;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.script.transcript.TranscriptComparison;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recording;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks of what was recorded against a file that was approved.
 *
 * @param approved the script in the file; null if there is no such file
 */
record ApprovalChecks(ApprovedFile file, @Nullable Script approved, Redaction redaction) {
  private static final int MAX_LINES = 60;

  static ApprovalChecks of(ApprovedFile file, Redaction redaction) {
    return new ApprovalChecks(file, file.script(), redaction);
  }

  CheckResult matches(Recording recording) {
    return recording.droppedConnections() == 0
        ? matches(recording.conversations())
        : CheckResult.of(
            false,
            false,
            () ->
                FailureMessage.of("the recording is not complete", redaction)
                    .droppedConnections(recording));
  }

  CheckResult matches(List<Conversation> conversations) {
    TranscriptComparison comparison = TranscriptComparison.of(approved, conversations, redaction);
    if (approved == null) {
      // What is received is to be whole: it is what will be approved.
      boolean mayGrow =
          conversations.isEmpty() || conversations.stream().anyMatch(Conversation::isOpen);
      return CheckResult.of(false, mayGrow, () -> missing(comparison));
    }
    List<ScriptMatch> matches =
        comparison.received().stream().map(each -> ScriptMatch.of(approved, each)).toList();
    int expected = expectedConnections(approved);
    boolean rightCount = expected < 0 ? matches.size() >= ~expected : matches.size() == expected;
    return CheckResult.of(
        rightCount && matches.stream().allMatch(ScriptMatch::follows),
        matches.size() <= Math.max(expected, ~expected)
            && matches.stream().allMatch(match -> match.follows() || match.isPending()),
        () -> differing(comparison));
  }

  /** Returns how many connections the script is for; if for that many or more, the complement. */
  private static int expectedConnections(Script script) {
    List<Step> steps = script.steps();
    boolean hasBlocks = !steps.isEmpty() && steps.get(0) instanceof Step.ConnectionBlock;
    if (!hasBlocks) {
      return 1;
    }
    int count = (int) steps.stream().filter(step -> !isEvery(step)).count();
    return count == steps.size() ? count : ~count;
  }

  private static boolean isEvery(Step step) {
    return step instanceof Step.ConnectionBlock block && block.every();
  }

  private FailureMessage missing(TranscriptComparison comparison) {
    file.write(comparison.text());
    return FailureMessage.of("nothing is approved yet", redaction)
        .row("approved", "no file " + file.approved())
        .row("received", file.received())
        .append("look at the received file, and rename it if it is right\n");
  }

  private FailureMessage differing(TranscriptComparison comparison) {
    file.write(comparison.text());
    FailureMessage message =
        FailureMessage.of("what was recorded differs from what was approved", redaction)
            .row("approved", file.approved())
            .row("received", file.received());
    List<String> lines = comparison.difference();
    lines.stream().limit(MAX_LINES).forEach(line -> message.append(line + "\n"));
    if (lines.size() > MAX_LINES) {
      message.append("… " + Quantity.of(lines.size() - MAX_LINES, "line") + " below\n");
    }
    return message;
  }
}
