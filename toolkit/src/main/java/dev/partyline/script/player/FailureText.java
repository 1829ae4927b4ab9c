package dev.partyline.script.player;

import dev.partyline.internal.text.DurationText;
import dev.partyline.internal.text.Quantity;
import dev.partyline.script.transcript.Redaction;
import dev.partyline.script.transcript.Transcript;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A failure as text: for each connection the script with a cursor, what was expected beside what
 * was received with the first difference, and the state of the peer.
 *
 * <p>Secrets are masked, long scripts and lines are cut around the place that matters, and bytes
 * from the wire are escaped.
 */
public final class FailureText {
  private static final int ROWS_ABOVE = 8;
  private static final int ROWS_BELOW = 4;
  private static final int MAX_LINE_CHARS = 100;
  private static final int MAX_TRANSCRIPT_LINES = 40;
  private static final int MAX_TRANSCRIPT_BYTES = 64 * 1024;

  /** How much is read for that, because masking looks at the lines around. */
  private static final int MAX_REDACTED_BYTES = 16 * MAX_TRANSCRIPT_BYTES;

  /** On how many connections a secret is found that another one has, too. */
  private static final int MAX_SEARCHED_CONNECTIONS = 100;

  /** How many connections are shown that have not finished their script. */
  private static final int MAX_CONNECTIONS = 10;

  private static final Optional<EndReason> STOPPED = Optional.of(EndReason.STOPPED);

  private FailureText() {}

  /** Returns the failures of all connections that have not finished their script. */
  public static String of(ScriptedPeer scriptedPeer) {
    List<String> texts = new ArrayList<>();
    List<ScriptRun> runs = scriptedPeer.runs();
    // One that was stopped is the consequence of another.
    List<ScriptRun> unfinished =
        runs.stream()
            .filter(run -> run.failed() || !run.done())
            .sorted(Comparator.comparing(run -> run.endReason().equals(STOPPED)))
            .toList();
    unfinished.stream()
        .limit(MAX_CONNECTIONS)
        .forEach(run -> texts.add(of(scriptedPeer, run.connection())));
    if (unfinished.size() > MAX_CONNECTIONS) {
      int more = unfinished.size() - MAX_CONNECTIONS;
      texts.add("… " + Quantity.of(more, "more connection") + "\n");
    }
    int count = runs.size();
    for (String block : scriptedPeer.unusedBlocks()) {
      count++;
      texts.add(
          "no client connected for connection "
              + count
              + ":\n"
              + indent(rows(block.lines().toList(), 0)));
    }
    return String.join("\n", texts);
  }

  /**
   * Returns the failure of one connection.
   *
   * @param connection its ordinal in the recording, from 1
   */
  public static String of(ScriptedPeer scriptedPeer, int connection) {
    List<Conversation> conversations = scriptedPeer.recording().conversations();
    Optional<Conversation> conversation =
        conversations.stream().filter(each -> each.number() == connection).findFirst();
    List<Conversation> searched =
        conversations.stream()
            .limit(MAX_SEARCHED_CONNECTIONS)
            .map(each -> each.truncatedTo(MAX_REDACTED_BYTES))
            .toList();
    return of(
        scriptedPeer.runs().get(connection - 1),
        scriptedPeer.cursor(connection),
        conversation,
        scriptedPeer.redaction().across(searched));
  }

  /**
   * Returns the failure of one connection, as it was when its parts were taken.
   *
   * @param run the result of the player on that connection
   * @param cursor where the player is in the script
   * @param conversation what was sent on it; empty if the recording has dropped it
   * @param redaction what to mask
   */
  public static String of(
      ScriptRun run, Cursor cursor, Optional<Conversation> conversation, Redaction redaction) {
    Side peer = run.side().peer();
    MaskedCursor masked =
        new MaskedCursor(cursor, conversation.orElse(Conversation.of(List.of())), peer, redaction);
    String failure = ": " + reason(run, masked.problem()) + "\n" + script(cursor, masked);
    return conversation
        .map(
            each ->
                each.name()
                    + failure
                    + difference(cursor, peer, masked, each)
                    + stateRow(run, each))
        .orElse("connection " + run.connection() + ", which the recording has dropped" + failure);
  }

  private static String stateRow(ScriptRun run, Conversation conversation) {
    return run.endReason().filter(EndReason.REFUSED::equals).isPresent()
        ? ""
        : stateRow(conversation, run.side().peer());
  }

  private static String reason(ScriptRun run, String problem) {
    String reason = run.endReason().map(EndReason::toString).orElse("still playing");
    boolean isInProblem =
        run.endReason()
            .filter(each -> each == EndReason.PEER_FIN || each == EndReason.PEER_RESET)
            .isPresent();
    if (problem.isEmpty()) {
      return reason;
    }
    return isInProblem ? problem : reason + ": " + problem;
  }

  private static String stateRow(Conversation conversation, Side peer) {
    return "  " + pad(peer.toString()) + state(conversation, peer) + "\n";
  }

  /** Returns where a conversation does not follow a script. */
  public static String of(ScriptMatch match, Conversation conversation, Redaction redaction) {
    Cursor cursor = match.cursor();
    Side side = cursor.side().orElse(Side.CLIENT);
    MaskedCursor masked = new MaskedCursor(cursor, conversation, side, redaction);
    return conversation.name()
        + ": "
        + (masked.problem().isEmpty() ? "there is more in the script" : masked.problem())
        + "\n"
        + script(cursor, masked)
        + difference(cursor, side, masked, conversation)
        + stateRow(conversation, side);
  }

  /** Returns the conversation as a plain wire script, short and masked. */
  public static String of(Conversation conversation, Redaction redaction) {
    Conversation excerpt =
        redaction
            .apply(conversation.truncatedTo(MAX_REDACTED_BYTES))
            .truncatedTo(MAX_TRANSCRIPT_BYTES);
    List<String> lines = Transcript.plain(excerpt).lines().toList();
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (i < MAX_TRANSCRIPT_LINES / 2 || i >= lines.size() - MAX_TRANSCRIPT_LINES / 2) {
        rows.add(cut(lines.get(i), 0));
      } else if (i == MAX_TRANSCRIPT_LINES / 2) {
        rows.add("… " + omittedLines(conversation, lines.size() - MAX_TRANSCRIPT_LINES));
      }
    }
    return conversation.name() + (rows.isEmpty() ? ": nothing was sent\n" : ":\n" + indent(rows));
  }

  /** To count the lines of what is very long, all of it would have to be read. */
  private static String omittedLines(Conversation conversation, int lineCount) {
    long byteCount = conversation.byteCount(Side.CLIENT) + conversation.byteCount(Side.SERVER);
    return byteCount <= MAX_TRANSCRIPT_BYTES
        ? Quantity.of(lineCount, "line")
        : "more lines, of " + Quantity.of(byteCount, "byte") + " in all";
  }

  private static String script(Cursor cursor, MaskedCursor masked) {
    List<String> lines = new ArrayList<>();
    List<String> texts = masked.rows();
    int cursorRow = cursor.rows().size();
    for (int i = 0; i < cursor.rows().size(); i++) {
      Cursor.Row row = cursor.rows().get(i);
      if (row.state() == Cursor.State.CURRENT) {
        cursorRow = Math.min(cursorRow, i);
      }
      String mark =
          switch (row.state()) {
            case SENT -> "  sent      ";
            case MATCHED -> "  matched   ";
            case CURRENT -> "> here      ";
            case PENDING -> "            ";
          };
      lines.add(mark + cut(texts.get(i), 0));
    }
    return indent(rows(lines, cursorRow)).replaceAll("(?m)^  ", "");
  }

  /** Returns the rows around the cursor, and how many are left out. */
  private static List<String> rows(List<String> rows, int cursorRow) {
    int start = Math.max(0, Math.min(cursorRow, rows.size()) - ROWS_ABOVE);
    int end = Math.min(rows.size(), Math.max(cursorRow, 0) + ROWS_BELOW + 1);
    List<String> result = new ArrayList<>(rows.subList(start, end));
    if (start > 0) {
      result.add(0, "            … " + Quantity.of(start, "line") + " above");
    }
    if (end < rows.size()) {
      result.add("            … " + Quantity.of(rows.size() - end, "line") + " below");
    }
    return result;
  }

  private static String difference(
      Cursor cursor, Side peer, MaskedCursor masked, Conversation conversation) {
    StringBuilder text = new StringBuilder();
    Bytes received = masked.received();
    boolean hex = !cursor.expected().isEmpty() && cursor.expected().get(0).startsWith("#", 1);
    String mark = peer.letter() + (hex ? "# " : ": ");
    String receivedText =
        mark
            + (hex ? HexFormat.ofDelimiter(" ").formatHex(received.toArray()) : received.escaped());
    int caret =
        Math.min(
            caret(mark, received, Math.max(cursor.difference(), 0), hex), receivedText.length());
    int cutOffset =
        caret > MAX_LINE_CHARS - 20 && receivedText.length() > MAX_LINE_CHARS
            ? caret - MAX_LINE_CHARS / 2
            : 0;
    if (!cursor.expected().isEmpty()) {
      String closest = masked.expected(cursor.expected().get(0));
      int expectedOffset = cutOffset < closest.length() ? cutOffset : 0;
      text.append("  ").append(pad("expected")).append(cut(closest, expectedOffset)).append('\n');
    } else if (cursor.difference() >= 0) {
      text.append("  ").append(pad("expected")).append("nothing more\n");
    }
    if (cursor.difference() >= 0 || !received.isEmpty()) {
      text.append("  ").append(pad("received")).append(cut(receivedText, cutOffset)).append('\n');
    } else if (!cursor.expected().isEmpty()) {
      String end = ReceivedEnd.of(cursor, peer, conversation);
      text.append("  ").append(pad("received")).append(end.isEmpty() ? "nothing" : end);
      text.append('\n');
    }
    if (cursor.difference() >= 0) {
      int columns = receivedText.codePointCount(cutOffset, caret) + (cutOffset > 0 ? 1 : 0);
      text.append("  ").append(pad("")).append(" ".repeat(columns));
      text.append("^ first difference, byte ").append(cursor.offset());
      text.append(" of what the ").append(peer).append(" sent\n");
    }
    return text + otherExpectations(cursor, masked);
  }

  private static String otherExpectations(Cursor cursor, MaskedCursor masked) {
    StringBuilder text = new StringBuilder();
    cursor.expected().stream()
        .skip(1)
        .limit(ROWS_BELOW)
        .map(masked::expected)
        .forEach(other -> text.append("  ").append(pad("or")).append(cut(other, 0)).append('\n'));
    return text.toString();
  }

  /** Returns the column of the byte that differs, or of the character that it is a part of. */
  private static int caret(String mark, Bytes received, int difference, boolean hex) {
    int offset = Math.min(difference, received.size());
    if (hex) {
      return mark.length() + offset * 3;
    }
    for (int back = 1; back <= 3 && back <= offset && offset < received.size(); back++) {
      Bytes character = received.slice(offset - back, Math.min(offset - back + 4, received.size()));
      boolean isWhole = !character.escaped().startsWith("\\x") && character.byteAt(0) < 0;
      if (isWhole && character.slice(0, back).unprintableCount() == back) {
        offset -= back;
        break;
      }
    }
    String rest = received.slice(offset, received.size()).escaped();
    return mark.length() + received.escaped().length() - rest.length();
  }

  /** Returns a part of a long line, never half a character. */
  private static String cut(String line, int start) {
    int offset =
        start < line.length() && Character.isLowSurrogate(line.charAt(start)) ? start + 1 : start;
    int endOffset = Math.min(line.length(), offset + MAX_LINE_CHARS);
    endOffset -=
        endOffset < line.length() && Character.isLowSurrogate(line.charAt(endOffset)) ? 1 : 0;
    return (offset > 0 ? "…" : "")
        + line.substring(offset, endOffset)
        + (endOffset < line.length() ? "…" : "");
  }

  /**
   * Returns the state of a side: open, FIN seen or RST seen, how much it sent, for how long it has
   * been silent.
   */
  public static String state(Conversation conversation, Side peer) {
    return conversation
            .endEvent(peer)
            .map(event -> event instanceof Event.Rst ? "RST seen" : "FIN seen")
            .orElse("open")
        + ", "
        + Quantity.of(conversation.byteCount(peer), "byte")
        + " so far, silent for "
        + DurationText.words(Duration.ofNanos(conversation.idleNanos(peer)));
  }

  private static String pad(String label) {
    return String.format("%-10s", label);
  }

  private static String indent(List<String> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append("  ").append(line).append('\n'));
    return text.toString();
  }
}
