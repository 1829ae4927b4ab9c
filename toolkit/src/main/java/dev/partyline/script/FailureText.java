package dev.partyline.script;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A failure as text: for each connection the script with a cursor, what was expected beside what
 * was received with the first difference, and the state of the peer.
 *
 * <p>Secrets are masked, long scripts and lines are cut around the place that matters, and nothing
 * from the wire stands in it unescaped.
 */
public final class FailureText {
  private static final int ROWS_ABOVE = 8;
  private static final int ROWS_BELOW = 4;
  private static final int WIDTH = 100;
  private static final int TRANSCRIPT = 40;
  private static final int MOST_BYTES = 64 * 1024;

  /** How much is read for that: masking looks at the lines around. */
  private static final int MOST_MASKED = 16 * MOST_BYTES;

  private FailureText() {}

  /** Returns the pictures of all connections that have not finished their script. */
  public static String of(ScriptedPeer played) {
    List<String> pictures = new ArrayList<>();
    List<ScriptRun> performances = played.performances();
    for (ScriptRun performance : performances) {
      if (performance.failed() || !performance.done()) {
        pictures.add(of(played, performance.connection()));
      }
    }
    int come = performances.size();
    for (String unused : played.unused()) {
      come++;
      pictures.add(
          "no connection " + come + " came for:\n" + indented(rows(unused.lines().toList(), 0)));
    }
    return String.join("\n", pictures);
  }

  /**
   * Returns the picture of one connection.
   *
   * @param connection its ordinal in the recording, from 1
   */
  public static String of(ScriptedPeer played, int connection) {
    Conversation conversation = played.recording().conversations().get(connection - 1);
    ScriptRun performance = played.performances().get(connection - 1);
    Cursor cursor = played.cursor(connection);
    String ending = performance.ending().map(EndReason::toString).orElse("still playing");
    return head(conversation)
        + ": "
        + ending
        + (cursor.problem().isEmpty() ? "" : ": " + cursor.problem())
        + "\n"
        + of(cursor, conversation, performance.side().peer(), played.redaction());
  }

  /** Returns the picture of a cursor in a conversation, as seen from the other side's peer. */
  static String of(Cursor cursor, Conversation conversation, Side peer, Redaction redaction) {
    return script(cursor, redaction)
        + difference(cursor, conversation, peer, redaction)
        + "  "
        + left(peer.toString())
        + state(conversation, peer)
        + "\n";
  }

  /** Returns what a witness saw of a conversation that does not follow a script. */
  public static String of(ScriptMatch witness, Conversation conversation, Redaction redaction) {
    Cursor cursor = witness.cursor();
    Side side = cursor.side().orElse(Side.CLIENT);
    String problem = cursor.problem().isEmpty() ? "there is more in the script" : cursor.problem();
    return head(conversation) + ": " + problem + "\n" + of(cursor, conversation, side, redaction);
  }

  /** Returns the conversation as a plain wire script, short and masked. */
  public static String of(Conversation conversation, Redaction redaction) {
    Conversation shown = redaction.apply(conversation.shortened(MOST_MASKED)).shortened(MOST_BYTES);
    List<String> lines = Transcript.plain(shown).lines().toList();
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (i < TRANSCRIPT / 2 || i >= lines.size() - TRANSCRIPT / 2) {
        rows.add(cut(lines.get(i), 0));
      } else if (i == TRANSCRIPT / 2) {
        rows.add("… " + (lines.size() - TRANSCRIPT) + " lines");
      }
    }
    return head(conversation) + (rows.isEmpty() ? ": nothing was said\n" : ":\n" + indented(rows));
  }

  private static String head(Conversation conversation) {
    return "connection "
        + conversation.number()
        + " from "
        + conversation.address(Side.CLIENT)
        + " to "
        + conversation.address(Side.SERVER);
  }

  private static String script(Cursor cursor, Redaction redaction) {
    List<String> lines = new ArrayList<>();
    int here = cursor.rows().size();
    for (int i = 0; i < cursor.rows().size(); i++) {
      Cursor.Row row = cursor.rows().get(i);
      if (row.state() == Cursor.State.HERE) {
        here = Math.min(here, i);
      }
      String mark =
          switch (row.state()) {
            case SAID -> "  said  ";
            case MET -> "  met   ";
            case HERE -> "> here  ";
            case AHEAD -> "        ";
          };
      lines.add(mark + cut(redaction.apply(row.text()), 0));
    }
    return indented(rows(lines, here)).replaceAll("(?m)^  ", "");
  }

  /** Returns the rows around the one that matters, and says how many it left out. */
  private static List<String> rows(List<String> rows, int here) {
    int from = Math.max(0, Math.min(here, rows.size()) - ROWS_ABOVE);
    int to = Math.min(rows.size(), Math.max(here, 0) + ROWS_BELOW + 1);
    List<String> shown = new ArrayList<>(rows.subList(from, to));
    if (from > 0) {
      shown.add(0, "        … " + from + " lines above");
    }
    if (to < rows.size()) {
      shown.add("        … " + (rows.size() - to) + " lines below");
    }
    return shown;
  }

  private static String difference(
      Cursor cursor, Conversation conversation, Side peer, Redaction redaction) {
    StringBuilder text = new StringBuilder();
    long first = cursor.offset() - Math.max(cursor.difference(), 0);
    long start = Math.max(0, first - MOST_MASKED);
    Bytes masked = redaction.apply(around(conversation, peer, start, first + MOST_MASKED));
    int from = (int) Math.min(first - start, masked.size());
    Bytes received =
        masked.slice(from, (int) Math.min(from + (long) cursor.received().size(), masked.size()));
    boolean hex = !cursor.expected().isEmpty() && cursor.expected().get(0).startsWith("#", 1);
    String mark = peer.mark() + (hex ? "# " : ": ");
    String shown = mark + (hex ? Printer.hex(received).strip() : received.escaped());
    int caret =
        Math.min(caret(mark, received, Math.max(cursor.difference(), 0), hex), shown.length());
    int cut = caret > WIDTH - 20 && shown.length() > WIDTH ? caret - WIDTH / 2 : 0;
    if (!cursor.expected().isEmpty()) {
      String nearest = oneLine(cursor.expected().get(0), redaction);
      int shownFrom = cut < nearest.length() ? cut : 0;
      text.append("  ").append(left("expected")).append(cut(nearest, shownFrom)).append('\n');
    } else if (cursor.difference() >= 0) {
      text.append("  ").append(left("expected")).append("nothing more\n");
    }
    if (cursor.difference() >= 0 || !received.isEmpty()) {
      text.append("  ").append(left("received")).append(cut(shown, cut)).append('\n');
    } else if (!cursor.expected().isEmpty()) {
      text.append("  ").append(left("received")).append("nothing\n");
    }
    if (cursor.difference() >= 0) {
      int columns = shown.codePointCount(cut, caret) + (cut > 0 ? 1 : 0);
      text.append("  ").append(left("")).append(" ".repeat(columns));
      text.append("^ first difference, byte ").append(cursor.offset());
      text.append(" of what the ").append(peer).append(" sent\n");
    }
    return text + others(cursor, redaction);
  }

  /** Returns a part of what a side sent, or nothing of it where some was not kept. */
  private static Bytes around(Conversation conversation, Side side, long from, long to) {
    long end = Math.min(to, conversation.count(side));
    boolean isKept =
        conversation.gaps().stream()
            .noneMatch(gap -> gap.side() == side && gap.offset() < end && gap.end() > from);
    return from < end && isKept ? conversation.bytes(side, from, end) : Bytes.EMPTY;
  }

  private static String others(Cursor cursor, Redaction redaction) {
    StringBuilder text = new StringBuilder();
    cursor.expected().stream()
        .skip(1)
        .limit(ROWS_BELOW)
        .map(other -> oneLine(other, redaction))
        .forEach(other -> text.append("  ").append(left("or")).append(cut(other, 0)).append('\n'));
    return text.toString();
  }

  /** Returns where the byte stands that differs, or the character that it is a part of. */
  private static int caret(String mark, Bytes received, int difference, boolean hex) {
    int at = Math.min(difference, received.size());
    if (hex) {
      return mark.length() + at * 3;
    }
    for (int back = 1; back <= 3 && back <= at && at < received.size(); back++) {
      Bytes character = received.slice(at - back, Math.min(at - back + 4, received.size()));
      boolean isWhole = !character.escaped().startsWith("\\x") && character.at(0) < 0;
      if (isWhole && character.slice(0, back).unprintable() == back) {
        at -= back;
        break;
      }
    }
    String rest = received.slice(at, received.size()).escaped();
    return mark.length() + received.escaped().length() - rest.length();
  }

  /** Returns the lines of a datagram as one text. */
  private static String oneLine(String lines, Redaction redaction) {
    StringBuilder text = new StringBuilder();
    String before = "";
    for (String clear : lines.split("\n", -1)) {
      String line = redaction.apply(clear);
      text.append(before.startsWith(":", 1) ? "\\r\\n" : "");
      text.append(before.isEmpty() ? line : line.substring(Math.min(line.length(), 3)));
      before = line;
    }
    return text.toString();
  }

  /** Returns a part of a long line, never half a character. */
  private static String cut(String line, int start) {
    int from =
        start < line.length() && Character.isLowSurrogate(line.charAt(start)) ? start + 1 : start;
    int to = Math.min(line.length(), from + WIDTH);
    to -= to < line.length() && Character.isLowSurrogate(line.charAt(to)) ? 1 : 0;
    return (from > 0 ? "…" : "") + line.substring(from, to) + (to < line.length() ? "…" : "");
  }

  /**
   * Returns how a side stands: open, FIN seen or RST seen, how much it sent, for how long it has
   * been silent.
   */
  public static String state(Conversation conversation, Side peer) {
    return conversation
            .endedBy(peer)
            .map(event -> event instanceof Event.Reset ? "RST seen" : "FIN seen")
            .orElse("open")
        + ", "
        + conversation.count(peer)
        + " bytes so far, silent for "
        + time(conversation.silence(peer));
  }

  private static String time(long nanos) {
    return nanos < 10_000_000
        ? String.format(Locale.ROOT, "%.1f ms", nanos / 1e6)
        : Duration.ofNanos(nanos).toMillis() + " ms";
  }

  private static String left(String label) {
    return String.format("%-10s", label);
  }

  private static String indented(List<String> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append("  ").append(line).append('\n'));
    return text.toString();
  }
}
