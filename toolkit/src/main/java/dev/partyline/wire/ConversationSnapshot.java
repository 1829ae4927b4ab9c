package dev.partyline.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The log of a conversation at one moment; reading it does not disturb its writer. */
record ConversationSnapshot(
    ByteStore.Snapshot store,
    ChunkLog.Snapshot chunks,
    EventMarkers.Snapshot markers,
    long clientLastNanos,
    long serverLastNanos) {

  long byteCount(Side side) {
    return chunks.byteCount(side);
  }

  long lastNanos(Side side) {
    return side == Side.CLIENT ? clientLastNanos : serverLastNanos;
  }

  MissingRanges missingRanges() {
    return chunks.missingRanges(store.missingRanges());
  }

  List<Event> events() {
    long byteCount = byteCount(Side.CLIENT) + byteCount(Side.SERVER) - missingRanges().byteCount();
    if (byteCount > Bytes.MAX_SIZE) {
      throw new IllegalStateException(
          "the conversation has "
              + byteCount
              + " bytes, more than a list of events may hold: read it with forEachEvent, or parts"
              + " of it with bytes(side, offset, endOffset)");
    }
    List<Event> events = new ArrayList<>();
    forEachEvent(events::add);
    return List.copyOf(events);
  }

  void forEachEvent(Consumer<Event> action) {
    forEach(action, note -> {});
  }

  void forEach(Consumer<Event> onEvent, Consumer<Note> onNote) {
    int eventCount = 0;
    EventCursor cursor = new EventCursor(this);
    while (cursor.next()) {
      EventMarkers.PendingNote note = cursor.note();
      Event event = cursor.event();
      if (note != null) {
        onNote.accept(new Note(note.nanos(), eventCount, note.text()));
      } else if (event != null) {
        onEvent.accept(event);
        eventCount++;
      }
    }
  }

  List<Note> notes() {
    if (!markers.hasNotes()) {
      return List.of();
    }
    List<Note> notes = new ArrayList<>();
    int eventCount = 0;
    EventCursor cursor = new EventCursor(this);
    while (cursor.next()) {
      EventMarkers.PendingNote note = cursor.note();
      if (note == null) {
        eventCount++;
      } else {
        notes.add(new Note(note.nanos(), eventCount, note.text()));
      }
    }
    return List.copyOf(notes);
  }

  Bytes bytes(Side side, long offset, long endOffset) {
    if (offset < 0 || endOffset < offset || endOffset > byteCount(side)) {
      throw new IndexOutOfBoundsException(
          "bytes ("
              + offset
              + ".."
              + endOffset
              + ") must be within 0.."
              + byteCount(side)
              + ", of the "
              + side);
    }
    if (endOffset - offset > Bytes.MAX_SIZE) {
      throw new IllegalStateException(
          "the "
              + side
              + " sent "
              + (endOffset - offset)
              + " bytes, more than one run may hold: read parts of them with bytes(side, offset,"
              + " endOffset)");
    }
    byte[] result = new byte[(int) (endOffset - offset)];
    RangeCursor ranges = new RangeCursor(this, side, offset, endOffset);
    while (ranges.next()) {
      if (ranges.isMissing()) {
        throw new IllegalStateException(
            ranges.size()
                + " bytes of the "
                + side
                + " were dropped from byte "
                + ranges.offset()
                + " on: gaps() says what is missing, events() has what was kept");
      }
      int targetOffset = (int) (ranges.offset() - offset);
      store.copy(ranges.globalOffset(), (int) ranges.size(), result, targetOffset);
    }
    return Bytes.wrap(result);
  }

  long indexOf(Side side, Bytes pattern, long offset) {
    long startOffset = Math.max(0, offset);
    long endOffset = byteCount(side);
    if (pattern.isEmpty() || endOffset - startOffset < pattern.size()) {
      return pattern.isEmpty() && startOffset <= endOffset ? startOffset : -1;
    }
    return new ByteSearch(store, pattern, endOffset - startOffset)
        .find(new RangeCursor(this, side, startOffset, endOffset));
  }

  /** Returns how many bytes of both sides precede one that was kept. */
  long globalOffset(Side side, long offset) {
    if (offset >= 0 && offset < byteCount(side)) {
      RangeCursor ranges = new RangeCursor(this, side, offset, offset + 1);
      if (ranges.next() && !ranges.isMissing()) {
        return ranges.globalOffset();
      }
    }
    throw new IndexOutOfBoundsException(
        "offset (" + offset + ") must be of a byte that was kept of the " + side);
  }

  /**
   * Returns when a byte was sent; if its chunk was dropped, when the next chunk of the side was.
   */
  long timestampNanos(Side side, long offset) {
    ChunkCursor cursor = cursorNear(side, offset);
    while (cursor.next()) {
      if (cursor.side() == side && !cursor.isDropped() && cursor.sideEndOffset() > offset) {
        return cursor.nanos();
      }
    }
    return lastNanos(side);
  }

  private ChunkCursor cursorNear(Side side, long offset) {
    if (offset < 0 || offset >= byteCount(side)) {
      throw new IndexOutOfBoundsException(
          "offset (" + offset + ") must be of a byte that the " + side + " sent");
    }
    return chunks.cursorNear(side, offset);
  }

  /** Returns where the chunk of a byte ends; if it was dropped, where those dropped with it do. */
  long chunkEndOffset(Side side, long offset) {
    ChunkCursor cursor = cursorNear(side, offset);
    while (cursor.next()) {
      if (cursor.side() == side && cursor.sideEndOffset() > offset) {
        return cursor.sideEndOffset();
      }
    }
    return byteCount(side);
  }

  List<Gap> gaps() {
    if (missingRanges().isEmpty()) {
      return List.of();
    }
    List<Gap> gaps = new ArrayList<>();
    for (Side side : Side.values()) {
      addGaps(side, gaps);
    }
    return List.copyOf(gaps);
  }

  private void addGaps(Side side, List<Gap> gaps) {
    long keptEnd = 0;
    RangeCursor ranges = new RangeCursor(this, side, 0, byteCount(side));
    while (ranges.next()) {
      if (!ranges.isMissing()) {
        addGap(side, keptEnd, ranges.offset(), gaps);
        keptEnd = ranges.endOffset();
      }
    }
    addGap(side, keptEnd, byteCount(side), gaps);
  }

  private static void addGap(Side side, long offset, long endOffset, List<Gap> gaps) {
    if (offset < endOffset) {
      gaps.add(new Gap(side, offset, endOffset - offset));
    }
  }
}
