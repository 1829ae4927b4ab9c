package dev.partyline.wire;

import java.util.ArrayList;
import java.util.List;

/** A tape as it was at one moment, which can be read without its writer. */
record ConversationSnapshot(
    ByteStore.Snapshot store,
    ChunkLog.Snapshot chunks,
    EventMarkers.Snapshot markers,
    long clientLastNanos,
    long serverLastNanos) {

  /** Where the JDK ends an array. */
  private static final int MAX_ARRAY_LENGTH = Integer.MAX_VALUE - 8;

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
    if (byteCount > MAX_ARRAY_LENGTH) {
      throw new IllegalStateException(
          "the conversation has "
              + byteCount
              + " bytes, more than a list of events may hold: read it with forEachEvent, or parts"
              + " of it with bytes(side, from, to)");
    }
    List<Event> events = new ArrayList<>();
    new EventCursor(this, EventReader.of(this, events::add)).traverse();
    return List.copyOf(events);
  }

  List<Note> notes() {
    List<Note> notes = new ArrayList<>();
    if (markers.hasNotes()) {
      new EventCursor(this, new NoteReader(notes)).traverse();
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
    if (endOffset - offset > MAX_ARRAY_LENGTH) {
      throw new IllegalStateException(
          "the "
              + side
              + " sent "
              + (endOffset - offset)
              + " bytes, more than one run may hold: read parts of them with bytes(side, from,"
              + " to)");
    }
    byte[] result = new byte[(int) (endOffset - offset)];
    new RangeCursor(this, side, offset, endOffset)
        .visit(
            (rangeOffset, globalOffset, length, missing) -> {
              if (missing) {
                throw new IllegalStateException(
                    length
                        + " bytes of the "
                        + side
                        + " were dropped from byte "
                        + rangeOffset
                        + " on: gaps() says what is missing, events() has what was kept");
              }
              store.copy(globalOffset, (int) length, result, (int) (rangeOffset - offset));
              return true;
            });
    return Bytes.wrap(result);
  }

  long indexOf(Side side, Bytes pattern, long offset) {
    long startOffset = Math.max(0, offset);
    if (pattern.isEmpty() || byteCount(side) - startOffset < pattern.size()) {
      return pattern.isEmpty() && startOffset <= byteCount(side) ? startOffset : -1;
    }
    ByteSearch search = new ByteSearch(store, pattern, byteCount(side) - startOffset);
    new RangeCursor(this, side, startOffset, byteCount(side)).visit(search);
    return search.foundOffset();
  }

  /** Returns how many bytes of both sides came ahead of one that was kept. */
  long globalOffset(Side side, long offset) {
    long[] result = {-1};
    if (offset >= 0 && offset < byteCount(side)) {
      new RangeCursor(this, side, offset, offset + 1)
          .visit(
              (rangeOffset, globalOffset, length, missing) -> {
                result[0] = globalOffset;
                return false;
              });
    }
    if (result[0] < 0) {
      throw new IndexOutOfBoundsException(
          "offset (" + offset + ") must be of a byte that was kept of the " + side);
    }
    return result[0];
  }

  /** Returns when a byte was seen; of one that was dropped, when the next that was not. */
  long timestampNanos(Side side, long offset) {
    if (offset < 0 || offset >= byteCount(side)) {
      throw new IndexOutOfBoundsException(
          "offset (" + offset + ") must be of a byte that the " + side + " sent");
    }
    ChunkLog.Start start = chunks.startAt(side, offset);
    TimestampLookup lookup = new TimestampLookup(side, offset, start.sideOffset(), lastNanos(side));
    chunks.visit(start, lookup);
    return lookup.nanos();
  }

  List<Gap> gaps() {
    List<Gap> gaps = new ArrayList<>();
    if (!missingRanges().isEmpty()) {
      for (Side side : Side.values()) {
        new RangeCursor(this, side, 0, byteCount(side)).visit(new GapReader(side, gaps));
      }
    }
    return List.copyOf(gaps);
  }
}
