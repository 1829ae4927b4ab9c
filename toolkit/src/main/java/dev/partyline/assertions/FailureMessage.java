package dev.partyline.assertions;

import dev.partyline.internal.secrets.MaskedBytes;
import dev.partyline.internal.text.Excerpt;
import dev.partyline.internal.text.Quantity;
import dev.partyline.script.player.FailureText;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Gap;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.List;

/**
 * Why a check does not hold, in the one layout that all failures have: a sentence, a row for each
 * fact, and the conversation.
 */
final class FailureMessage {
  private static final int MAX_CONVERSATIONS = 10;

  private final String problem;
  private final Redaction redaction;
  private final List<String> rows = new ArrayList<>();
  private String details = "";

  private FailureMessage(String problem, Redaction redaction) {
    this.problem = problem;
    this.redaction = redaction;
  }

  static FailureMessage of(String problem, Redaction redaction) {
    return new FailureMessage(problem, redaction);
  }

  FailureMessage row(String label, Object fact) {
    rows.add(String.format("  %-9s %s", label, fact));
    return this;
  }

  FailureMessage expectedAndReceived(Object expected, Object received) {
    return row("expected", expected).row("received", received);
  }

  FailureMessage difference(String receivedLabel, Difference difference) {
    row("expected", difference.expected()).row(receivedLabel, difference.received());
    return row("", " ".repeat(difference.caretColumn()) + "^ " + difference.location());
  }

  /** Adds what was wanted, and the part of a stream that is most like it. */
  FailureMessage closestMatch(
      MaskedBytes wanted, MaskedBytes stream, ClosestMatch closest, String streamName) {
    if (closest.commonLength() > 0) {
      return difference(
          "nearest",
          Difference.of(wanted, stream, closest.offset(), closest.endOffset(), streamName));
    }
    MaskedBytes nothing = new MaskedBytes(Bytes.EMPTY, Bytes.EMPTY);
    return row("expected", Difference.of(wanted, nothing, 0, 0, "").expected())
        .row("nearest", stream.bytes().isEmpty() ? "nothing was sent" : "nothing begins like it");
  }

  /** Adds which bytes were not kept, if any: what was wanted may have been among them. */
  FailureMessage droppedBytes(Conversation conversation) {
    for (Gap gap : conversation.gaps()) {
      row(
          "dropped",
          Quantity.of(gap.byteCount(), "byte")
              + " of the "
              + gap.side()
              + " from byte "
              + gap.offset()
              + " on");
    }
    return this;
  }

  /** Adds what the recording lacks, if anything: what was wanted may have been in it. */
  FailureMessage missing(Recording recording) {
    recording.problems().forEach(problem -> row("missing", problem));
    return this;
  }

  /** Adds how many connections were not kept, if any. */
  FailureMessage droppedConnections(Recording recording) {
    int count = recording.droppedConnections();
    return count == 0
        ? this
        : row(
            "dropped",
            Quantity.of(count, "connection")
                + " that had ended, for want of memory: RecordingPolicy.inMemory(…) gives more");
  }

  FailureMessage state(Conversation conversation, Side side) {
    return row(side.toString(), FailureText.state(conversation, side));
  }

  FailureMessage conversation(Conversation conversation) {
    return append(FailureText.of(conversation, redaction));
  }

  /** Adds a line for each connection. */
  FailureMessage conversations(List<Conversation> conversations) {
    Excerpt.of(conversations, MAX_CONVERSATIONS, Conversation::toString)
        .forEach(line -> append(line + "\n"));
    return this;
  }

  /** Adds text that is already laid out and masked. */
  FailureMessage append(String text) {
    details += text;
    return this;
  }

  String text() {
    return (problem + "\n" + String.join("\n", rows) + (rows.isEmpty() ? "" : "\n") + details)
        .stripTrailing();
  }
}
