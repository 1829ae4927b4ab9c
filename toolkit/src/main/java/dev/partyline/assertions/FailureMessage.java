package dev.partyline.assertions;

import dev.partyline.script.FailureText;
import dev.partyline.script.Redaction;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Gap;
import dev.partyline.wire.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Why a check does not hold, in the one layout that all failures have: a sentence, a row for each
 * fact, and the conversation.
 */
final class FailureMessage {
  private static final int MOST_CONVERSATIONS = 10;

  private final String problem;
  private final Redaction redaction;
  private final List<String> rows = new ArrayList<>();
  private String end = "";

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

  FailureMessage parting(String received, Difference parting) {
    row("expected", parting.expected()).row(received, parting.received());
    return row("", " ".repeat(parting.caret()) + "^ " + parting.place());
  }

  /** Adds what was wanted, and what of a stream comes nearest to it. */
  FailureMessage nearest(Bytes wanted, Bytes stream, ClosestMatch nearest, String whose) {
    if (nearest.common() > 0) {
      return parting(
          "nearest", Difference.of(wanted, stream, nearest.from(), nearest.to(), whose, redaction));
    }
    return row("expected", Difference.of(wanted, Bytes.EMPTY, 0, 0, "", redaction).expected())
        .row("nearest", stream.isEmpty() ? "nothing was sent" : "nothing begins like it");
  }

  /** Adds what was not kept, if anything: what was looked for may have been in it. */
  FailureMessage dropped(Conversation conversation) {
    for (Gap gap : conversation.gaps()) {
      row(
          "dropped",
          words(gap.bytes(), "byte")
              + " of the "
              + gap.side()
              + " from byte "
              + gap.offset()
              + " on");
    }
    return this;
  }

  FailureMessage state(Conversation conversation, Side side) {
    return row(side.toString(), FailureText.state(conversation, side));
  }

  FailureMessage conversation(Conversation conversation) {
    return picture(FailureText.of(conversation, redaction));
  }

  /** Adds a line for each connection. */
  FailureMessage conversations(List<Conversation> conversations) {
    StringBuilder lines = new StringBuilder();
    conversations.stream()
        .limit(MOST_CONVERSATIONS)
        .forEach(conversation -> lines.append(conversation).append('\n'));
    int more = conversations.size() - MOST_CONVERSATIONS;
    return picture(lines + (more > 0 ? "… " + more + " more\n" : ""));
  }

  /** Adds what is already laid out and masked. */
  FailureMessage picture(String picture) {
    end += picture;
    return this;
  }

  String text() {
    return (problem + "\n" + String.join("\n", rows) + (rows.isEmpty() ? "" : "\n") + end)
        .stripTrailing();
  }

  static String words(long count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }

  static String words(Duration time) {
    if (time.toNanosPart() == 0) {
      return time.toSeconds() + " s";
    }
    boolean whole = time.toNanosPart() % 1_000_000 == 0;
    return (whole ? String.valueOf(time.toMillis()) : time.toNanos() / 1e6) + " ms";
  }
}
