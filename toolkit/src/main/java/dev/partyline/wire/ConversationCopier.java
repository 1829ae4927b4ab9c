package dev.partyline.wire;

import java.util.Iterator;
import java.util.List;

/** Writes a conversation anew, without the middle of it or with other bytes. */
final class ConversationCopier implements EventCursor.Visitor {
  private final ConversationLog log = StorageBudget.unbounded().newLog();
  private final Iterator<Termination> terminations;

  private long currentOffset;
  private long headEndOffset = Long.MAX_VALUE;
  private long tailOffset;
  private ByteStore.Snapshot source = log.snapshot().store();

  private ConversationCopier(List<Termination> terminations) {
    this.terminations = terminations.iterator();
  }

  /** Returns a tape with these events; what the ledger says of their ends stays. */
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
        copier.add(events.get(i));
      }
    }
    return copier.log.snapshot();
  }

  /** Returns a tape with at most so many bytes of another: half the beginning, half the end. */
  static ConversationSnapshot truncated(ConversationSnapshot snapshot, long maxBytes) {
    ConversationCopier copier = new ConversationCopier(snapshot.markers().terminations());
    copier.source = snapshot.store();
    copier.headEndOffset = maxBytes / 2;
    copier.tailOffset =
        snapshot.byteCount(Side.CLIENT) + snapshot.byteCount(Side.SERVER) - maxBytes / 2;
    new EventCursor(snapshot, copier).traverse();
    return copier.log.snapshot();
  }

  private static long inOrder(long lastNanos, long nanos) {
    if (nanos < lastNanos) {
      throw new IllegalArgumentException(
          "nanos (" + nanos + ") must not be before " + lastNanos + ", the event ahead of it");
    }
    return nanos;
  }

  private void add(Event event) {
    if (event instanceof Event.Sent sent) {
      log.appendBytes(sent.side(), sent.nanos(), sent.bytes().toBuffer());
    } else {
      onEvent(event);
    }
  }

  @Override
  public void onSent(Side side, long nanos, long globalOffset, long globalEndOffset) {
    long size = globalEndOffset - globalOffset;
    long headBytes = Math.max(0, Math.min(size, headEndOffset - currentOffset));
    long tailStart = Math.max(headBytes, Math.min(size, tailOffset - currentOffset));
    currentOffset += size;
    if (size == 0) {
      copyRange(side, nanos, globalOffset, globalEndOffset);
    }
    if (headBytes > 0) {
      copyRange(side, nanos, globalOffset, globalOffset + headBytes);
    }
    if (tailStart < size) {
      copyRange(side, nanos, globalOffset + tailStart, globalEndOffset);
    }
  }

  private void copyRange(Side side, long nanos, long globalOffset, long globalEndOffset) {
    byte[] bytes = new byte[(int) (globalEndOffset - globalOffset)];
    source.copy(globalOffset, bytes.length, bytes, 0);
    log.appendBytes(side, nanos, Bytes.wrap(bytes).toBuffer());
  }

  @Override
  public void onEvent(Event event) {
    if (event instanceof Event.Dropped dropped) {
      currentOffset += dropped.byteCount();
      log.appendDropped(dropped.side(), dropped.nanos(), dropped.byteCount());
    } else if (event instanceof Event.TlsStarted tlsStarted) {
      log.appendTlsStarted(tlsStarted.nanos());
    } else {
      log.appendEnd(
          event, terminations.hasNext() ? terminations.next() : log.defaultTermination(event));
    }
  }

  @Override
  public void onNote(long nanos, String text) {
    log.appendNote(nanos, text);
  }
}
