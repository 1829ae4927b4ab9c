package dev.partyline.hunt;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;

/**
 * What a side sent, with a mark under each byte before which it was sliced: a row for each message,
 * and more where it is long.
 */
final class SliceDrawing {
  private static final int MAX_COLUMNS = 64;
  private static final int MAX_ROWS = 16;

  private final Side side;
  private final List<Conversation> conversations;
  private final NavigableMap<Long, ConditionResult> results;
  private final List<SentRow> rows = new ArrayList<>();

  /**
   * Some bytes that follow each other.
   *
   * @param endOffset the offset after the last
   */
  private record SentRow(long offset, long endOffset, String bytes, String marks) {}

  /**
   * Makes one.
   *
   * @param clear the connections, of which the one in which the side sent most is drawn
   * @param results what came of each offset that was tried
   */
  SliceDrawing(Side side, List<Conversation> clear, NavigableMap<Long, ConditionResult> results) {
    this.side = side;
    this.conversations = clear.stream().filter(each -> each.byteCount(side) > 0).toList();
    this.results = results;
    conversations.stream()
        .max(Comparator.comparingLong(each -> each.byteCount(side)))
        .ifPresent(this::addRows);
  }

  private void addRows(Conversation conversation) {
    long[] offset = {0};
    conversation.forEachEvent(
        event -> {
          if (event instanceof Event.Sent sent && sent.side() == side) {
            addRows(offset[0], sent.bytes());
            offset[0] += sent.bytes().size();
          } else if (event instanceof Event.Dropped dropped && dropped.side() == side) {
            offset[0] += dropped.byteCount();
          }
        });
  }

  private void addRows(long offset, Bytes message) {
    int start = 0;
    StringBuilder bytes = new StringBuilder();
    StringBuilder marks = new StringBuilder();
    for (int i = 0; i < message.size(); i++) {
      String escaped = message.slice(i, i + 1).escaped();
      if (bytes.length() + escaped.length() > MAX_COLUMNS) {
        rows.add(new SentRow(offset + start, offset + i, bytes.toString(), marks.toString()));
        bytes.setLength(0);
        marks.setLength(0);
        start = i;
      }
      bytes.append(escaped);
      marks.append(mark(offset + i)).append(" ".repeat(escaped.length() - 1));
    }
    long endOffset = offset + message.size();
    rows.add(new SentRow(offset + start, endOffset, bytes.toString(), marks.toString()));
  }

  private char mark(long offset) {
    ConditionResult result = results.get(offset);
    return result == null ? ' ' : result.mark;
  }

  /** Returns lines, each of which begins with a line break; none if nothing was sent. */
  @Override
  public String toString() {
    if (rows.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder("\n  the ").append(side);
    if (conversations.size() > 1) {
      text.append(", in the longest of ")
          .append(conversations.size())
          .append(" connections, which are all sliced");
    }
    long shownEnd = 0;
    List<SentRow> shown = shownRows();
    for (SentRow row : shown) {
      text.append(row.offset == shownEnd ? "" : "\n          …")
          .append(String.format(Locale.ROOT, "%n  %6d  %s", row.offset, row.bytes))
          .append(row.marks.isBlank() ? "" : "\n          " + row.marks.stripTrailing());
      shownEnd = row.endOffset;
    }
    return text.append(shownEnd == rows.get(rows.size() - 1).endOffset ? "" : "\n          …")
        .toString();
  }

  /** Returns all rows if they are few, or those in which something fails, or those tried. */
  private List<SentRow> shownRows() {
    if (rows.size() <= MAX_ROWS) {
      return rows;
    }
    boolean someFailed = results.containsValue(ConditionResult.FAILED);
    return rows.stream()
        .filter(
            row ->
                inRow(row).values().stream()
                    .anyMatch(result -> !someFailed || result == ConditionResult.FAILED))
        .limit(MAX_ROWS)
        .toList();
  }

  private Map<Long, ConditionResult> inRow(SentRow row) {
    return results.subMap(row.offset, row.endOffset);
  }
}
