package dev.partyline.report;

import dev.partyline.internal.json.JsonWriter;
import dev.partyline.internal.report.Timeline;
import dev.partyline.internal.report.TimelineEvent;
import dev.partyline.script.player.Cursor;
import dev.partyline.script.player.FailureText;
import dev.partyline.script.player.ScriptRun;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How far a script was on one connection, secrets masked.
 *
 * @param connection the index of the connection in the page
 * @param failure what a failure says of it
 * @param marks the marks that were set
 */
record MaskedScript(
    int connection,
    ScriptRun run,
    Cursor cursor,
    String failure,
    Conversation conversation,
    Set<String> marks) {
  private static final int MAX_ROWS = 2_000;
  private static final int MAX_RECEIVED_BYTES = 60;
  private static final String AWAIT = "await ";

  static MaskedScript of(
      int connection,
      ReportSection.PlayedScript script,
      Conversation conversation,
      Redaction redaction,
      Set<String> marks) {
    ScriptRun run = script.run();
    return new MaskedScript(
        connection,
        run,
        script.cursor().masked(conversation, run.side().peer(), redaction),
        FailureText.of(run, script.cursor(), Optional.of(conversation), redaction),
        conversation,
        marks);
  }

  private boolean isFinished() {
    return run.done() && !run.failed();
  }

  /** Adds where the script waits, or has failed, unless it is finished. */
  void addTo(Timeline timeline, long startNanos, long endNanos) {
    if (!isFinished()) {
      long openedNanos = startNanos + conversation.openedAtNanos();
      long closedNanos = openedNanos + conversation.durationNanos();
      // A script that has failed ends the connection just after that.
      long nanos =
          run.endReason().isEmpty()
              ? Math.max(endNanos, openedNanos)
              : conversation
                  .endEvent(run.side())
                  .map(event -> openedNanos + event.nanos() - 1)
                  .orElse(closedNanos);
      timeline.add(
          TimelineEvent.of(connection, TimelineEvent.Kind.WAIT, run.side(), nanos, summary()));
    }
  }

  /**
   * Returns the row of the mark that the script waits for, or has failed for: the peer may have
   * sent what the line after that does not expect. -1 if there is none.
   */
  private int unmetRow() {
    List<Cursor.State> states = cursor.rows().stream().map(Cursor.Row::state).toList();
    int row = isFinished() ? -1 : states.indexOf(Cursor.State.CURRENT);
    int before = row > 0 && isUnmet(row - 1) ? row - 1 : -1;
    return row >= 0 && isUnmet(row) ? row : before;
  }

  private boolean isUnmet(int row) {
    String text = cursor.rows().get(row).text().strip();
    return text.startsWith(AWAIT) && !marks.contains(text.substring(AWAIT.length()));
  }

  /** Returns what it waits for, or why it failed, as words that follow "the script". */
  private String summary() {
    String current =
        cursor.rows().stream()
            .filter(row -> row.state() == Cursor.State.CURRENT)
            .map(row -> row.text().strip())
            .collect(Collectors.joining(" or "));
    String expected = cursor.expected().isEmpty() ? current : cursor.expected().get(0);
    if (run.endReason().isEmpty()) {
      return expected.isEmpty() ? "is not finished" : "waits for " + expected;
    }
    String reason = "failed, " + run.endReason().get();
    return reason
        + (expected.isEmpty() ? "" : ": expected " + expected)
        + unmetMark()
        + (expected.isEmpty() || cursor.difference() < 0 ? "" : ", received " + received())
        + (expected.isEmpty() && !cursor.problem().isEmpty() ? ": " + cursor.problem() : "");
  }

  private String unmetMark() {
    int row = unmetRow();
    boolean isBefore = row >= 0 && cursor.rows().get(row).state() != Cursor.State.CURRENT;
    return isBefore
        ? " after " + cursor.rows().get(row).text().strip() + ", which was not met"
        : "";
  }

  private String received() {
    Bytes received = cursor.received();
    return run.side().peer().letter()
        + ": "
        + received.slice(0, Math.min(MAX_RECEIVED_BYTES, received.size())).escaped()
        + (received.size() > MAX_RECEIVED_BYTES ? "…" : "");
  }

  void write(JsonWriter json) {
    json.beginObject().member("connection", connection).member("side", run.side().ordinal());
    json.member("finished", isFinished()).member("summary", summary());
    json.member("failure", isFinished() ? "" : failure);
    json.member("differenceSide", cursor.side().map(Enum::ordinal).orElse(-1));
    json.member("difference", cursor.difference() < 0 ? -1 : cursor.offset());
    json.name("rows").beginArray();
    int unmetRow = unmetRow();
    for (int i = 0; i < Math.min(MAX_ROWS, cursor.rows().size()); i++) {
      Cursor.Row row = cursor.rows().get(i);
      String state = i == unmetRow ? "unmet" : row.state().name().toLowerCase(Locale.ROOT);
      json.beginArray().value(state).value(row.text()).endArray();
    }
    json.endArray().endObject();
  }
}
