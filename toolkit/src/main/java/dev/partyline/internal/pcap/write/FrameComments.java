package dev.partyline.internal.pcap.write;

import dev.partyline.internal.text.DurationText;
import dev.partyline.internal.text.Quantity;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Event;
import dev.partyline.wire.Note;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is said of the events of a conversation, event by event; each text is one line. */
final class FrameComments {
  private final List<String> opening;
  private final Iterator<Note> notes;
  private final Iterator<Termination> terminations;
  private @Nullable Note nextNote;
  private int eventCount;

  FrameComments(Conversation conversation, List<String> remarks, Map<String, String> hosts) {
    notes = conversation.notes().iterator();
    terminations = conversation.ledger().iterator();
    opening = new ArrayList<>();
    opening.add("connection " + conversation.number() + " over " + conversation.transport());
    for (Side side : Side.values()) {
      String host = hosts.get(conversation.address(side));
      if (host != null) {
        opening.add("the " + side + " is " + host);
      }
    }
    opening.addAll(remarks);
    if (!conversation.tlsSessions().isEmpty()) {
      opening.add("sent under TLS, and written as the decrypted streams");
    }
    opening.replaceAll(FrameComments::oneLine);
    nextNote = next(notes);
    addNotes(opening);
  }

  /** Returns what is said before the first event. */
  List<String> opening() {
    return opening;
  }

  /** Returns what is said of bytes that were sent. */
  List<String> sent() {
    return after(List.of());
  }

  /** Returns what is said of another event than {@link Event.Sent}. */
  List<String> of(Event event) {
    if (event instanceof Event.Dropped dropped) {
      return after(List.of(bytes(dropped.side(), dropped.byteCount()) + " were not kept"));
    }
    if (event instanceof Event.TlsStarted) {
      return after(List.of("TLS starts: what follows was encrypted, and is written decrypted"));
    }
    return event instanceof Event.Fin || event instanceof Event.Rst
        ? of(nextTermination(event))
        : after(List.of());
  }

  /** Returns what is said of the end of a side. */
  List<String> of(Termination termination) {
    String kind =
        switch (termination.kind()) {
          case FIN, RST -> "";
          case TIMED_OUT -> "the " + termination.side() + " timed out";
          case REFUSED -> "refused";
          case FAULT -> "by a fault";
        };
    String cause = oneLine(termination.cause());
    String text = kind + (kind.isEmpty() || cause.isEmpty() ? "" : ": ") + cause;
    return after(text.isEmpty() ? List.of() : List.of(text));
  }

  /** Returns the line of the ledger for an event that ended a side; each is asked for once. */
  Termination nextTermination(Event event) {
    return terminations.hasNext()
        ? terminations.next()
        : new Termination(event.side(), Termination.Kind.FIN, 0, event.nanos(), "");
  }

  static String leftOut(Side side, long byteCount) {
    return bytes(side, byteCount)
        + " are left out, because secrets are searched for in the first and the last "
        + Quantity.of(MaskedRanges.MAX_SEARCHED_BYTES / 2, "byte")
        + " only: a recording that is exact() has them";
  }

  private static String bytes(Side side, long byteCount) {
    return Quantity.of(byteCount, "byte") + " of the " + side;
  }

  private List<String> after(List<String> texts) {
    eventCount++;
    if (nextNote == null || nextNote.precedingEventCount() > eventCount) {
      return texts;
    }
    List<String> result = new ArrayList<>(texts);
    addNotes(result);
    return result;
  }

  private void addNotes(List<String> texts) {
    Note note = nextNote;
    while (note != null && note.precedingEventCount() <= eventCount) {
      String time = DurationText.timestamp(Duration.ofNanos(note.nanos()));
      texts.add(time + " " + oneLine(note.text()));
      note = next(notes);
    }
    nextNote = note;
  }

  private static @Nullable Note next(Iterator<Note> notes) {
    return notes.hasNext() ? notes.next() : null;
  }

  private static String oneLine(String text) {
    return Bytes.utf8(text).escaped();
  }
}
