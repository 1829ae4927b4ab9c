package dev.partyline.wire;

import java.util.Iterator;
import java.util.List;

/** Writes a conversation anew, without the middle of it or with other bytes. */
final class ConversationCopier {
  private final ConversationLog log = StorageBudget.unbounded().newLog();
  private final Iterator<Termination> terminations;

  private ConversationCopier(List<Termination> terminations) {
    this.terminations = terminations.iterator();
  }

  /** Returns a conversation with these events; what the ledger says of their ends stays. */
  static ConversationSnapshot of(
      List<Event> events, List<Note> notes, List<Termination> terminations) {
    ConversationCopier copier = new ConversationCopier(terminations);
    int noteIndex = 0;
    long lastNanos = 0;
    for (int i = 0; i <= events.size(); i++) {
      for (;
          noteIndex < notes.size() && notes.get(noteIndex).precedingEventCount() <= i;
          noteIndex++) {
        copier.log.appendNote(notes.get(noteIndex).nanos(), notes.get(noteIndex).text());
      }
      if (i < events.size()) {
        lastNanos = inOrder(lastNanos, events.get(i).nanos());
        copier.append(events.get(i));
      }
    }
    return copier.log.snapshot();
  }

  private static long inOrder(long lastNanos, long nanos) {
    if (nanos < lastNanos) {
      throw new IllegalArgumentException(
          "nanos (" + nanos + ") must not be before " + lastNanos + ", the event before it");
    }
    return nanos;
  }

  /** Returns a conversation with at most so many bytes: half the beginning, half the end. */
  static ConversationSnapshot truncated(ConversationSnapshot snapshot, long maxBytes) {
    ConversationCopier copier = new ConversationCopier(snapshot.markers().terminations());
    long headEnd = maxBytes / 2;
    long tailStart =
        snapshot.byteCount(Side.CLIENT) + snapshot.byteCount(Side.SERVER) - maxBytes / 2;
    long offset = 0;
    long[] omitted = new long[Side.values().length];
    EventCursor cursor = new EventCursor(snapshot);
    while (cursor.next()) {
      if (cursor.isRange()) {
        copier.appendEnds(snapshot.store(), cursor, headEnd - offset, tailStart - offset, omitted);
        offset += cursor.globalEndOffset() - cursor.globalOffset();
        continue;
      }
      Event event = cursor.event();
      EventMarkers.PendingNote note = cursor.note();
      if (event instanceof Event.Dropped dropped) {
        omitted[dropped.side().ordinal()] += dropped.byteCount();
        offset += dropped.byteCount();
      } else if (event != null) {
        copier.append(event);
      } else if (note != null) {
        copier.log.appendNote(note.nanos(), note.text());
      }
    }
    for (Side side : Side.values()) {
      copier.appendOmitted(side, snapshot.lastNanos(side), omitted);
    }
    return copier.log.snapshot();
  }

  /** Appends what of a range is before the end of the head and after the start of the tail. */
  private void appendEnds(
      ByteStore.Snapshot store, EventCursor range, long headEnd, long tailStart, long[] omitted) {
    long size = range.globalEndOffset() - range.globalOffset();
    long headBytes = Math.max(0, Math.min(size, headEnd));
    long tailOffset = Math.max(headBytes, Math.min(size, tailStart));
    if (headBytes > 0 || size == 0) {
      append(store, range, 0, headBytes);
    }
    omitted[range.side().ordinal()] += tailOffset - headBytes;
    if (tailOffset < size) {
      appendOmitted(range.side(), range.nanos(), omitted);
      append(store, range, tailOffset, size);
    }
  }

  /** Says of all that was left out of a side before, as one gap, that it was not kept. */
  private void appendOmitted(Side side, long nanos, long[] omitted) {
    if (omitted[side.ordinal()] > 0) {
      log.appendDropped(side, nanos, omitted[side.ordinal()]);
      omitted[side.ordinal()] = 0;
    }
  }

  private void append(ByteStore.Snapshot store, EventCursor range, long offset, long endOffset) {
    Bytes bytes = store.bytes(range.globalOffset() + offset, range.globalOffset() + endOffset);
    log.appendBytes(range.side(), range.nanos(), bytes.toBuffer());
  }

  private void append(Event event) {
    if (event instanceof Event.Sent sent) {
      log.appendBytes(sent.side(), sent.nanos(), sent.bytes().toBuffer());
    } else if (event instanceof Event.Dropped dropped) {
      log.appendDropped(dropped.side(), dropped.nanos(), dropped.byteCount());
    } else if (event instanceof Event.TlsStarted tlsStarted) {
      log.appendTlsStarted(tlsStarted.nanos());
    } else {
      log.appendEnd(
          event, terminations.hasNext() ? terminations.next() : log.defaultTermination(event));
    }
  }
}
