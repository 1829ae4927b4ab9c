package dev.partyline.view;

import dev.partyline.internal.text.Quantity;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Recording;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The close ledger of a recording as text: a line for each opening and each end, in order. */
public final class Ledger {
  private Ledger() {}

  private record Entry(long nanos, String text) {}

  /**
   * Returns the ledger. A line has the time in seconds after the beginning of the recording, the
   * connection, the side, what it did, after how many bytes of its own, and why if the side itself
   * did not do it.
   */
  public static String text(Recording recording) {
    List<Entry> entries = new ArrayList<>();
    for (Conversation conversation : recording.conversations()) {
      entries.add(new Entry(conversation.openedAtNanos(), opening(conversation)));
      for (Termination termination : conversation.ledger()) {
        entries.add(
            new Entry(
                conversation.openedAtNanos() + termination.nanos(),
                termination(conversation, termination)));
      }
    }
    entries.sort(Comparator.comparingLong(Entry::nanos));
    StringBuilder text = new StringBuilder();
    if (recording.droppedConnections() > 0) {
      text.append(Quantity.of(recording.droppedConnections(), "connection")).append(" dropped\n");
    }
    recording.problems().forEach(problem -> text.append(problem).append('\n'));
    for (Entry entry : entries) {
      long nanos = entry.nanos();
      text.append(
          String.format(Locale.ROOT, "+%d.%09d ", nanos / 1_000_000_000, nanos % 1_000_000_000));
      text.append(entry.text()).append('\n');
    }
    return text.toString();
  }

  private static String opening(Conversation conversation) {
    return "#"
        + conversation.number()
        + " opened by "
        + Bytes.utf8(conversation.address(Side.CLIENT)).escaped()
        + " to "
        + Bytes.utf8(conversation.address(Side.SERVER)).escaped()
        + " over "
        + conversation.transport();
  }

  private static String termination(Conversation conversation, Termination termination) {
    String kindText =
        switch (termination.kind()) {
          case FIN -> "FIN";
          case RST -> "RST";
          case TIMED_OUT -> "timed out";
          case REFUSED -> "refused";
          case FAULT -> "ended by a fault";
        };
    return "#"
        + conversation.number()
        + " "
        + termination.side()
        + " "
        + kindText
        + " after "
        + Quantity.of(termination.offset(), "byte")
        + (termination.cause().isEmpty() ? "" : ": " + Bytes.utf8(termination.cause()).escaped());
  }
}
