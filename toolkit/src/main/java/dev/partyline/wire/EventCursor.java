package dev.partyline.wire;

import org.jspecify.annotations.Nullable;

/** Reads all of a conversation in its order: chunks, what is missing, ends and notes. */
final class EventCursor {
  private final ByteStore.Snapshot store;
  private final MissingRanges missingRanges;
  private final EventMarkers.Snapshot markers;
  private final ChunkCursor chunks;
  private final long[] droppedBytes = new long[Side.values().length];
  private boolean hasChunk;
  private int markerIndex;

  /** Where the rest of the current chunk begins, in the bytes of both sides. */
  private long nextOffset;

  private @Nullable Event event;
  private EventMarkers.@Nullable PendingNote note;
  private Side side = Side.CLIENT;
  private long nanos;
  private long globalOffset;
  private long globalEndOffset;

  EventCursor(ConversationSnapshot snapshot) {
    this.store = snapshot.store();
    this.missingRanges = snapshot.missingRanges();
    this.markers = snapshot.markers();
    this.chunks = snapshot.chunks().cursor();
    nextChunk();
  }

  private void nextChunk() {
    hasChunk = chunks.next();
    nextOffset = chunks.globalOffset();
  }

  /** Goes to the next event, note or range of a chunk; returns whether there is one. */
  boolean next() {
    event = null;
    note = null;
    while (hasChunk || isMarkerNext()) {
      if (isMarkerNext()) {
        return nextDropped() || nextMarker();
      }
      if (!isMissing()) {
        return nextDropped() || nextRange();
      }
      skipMissing();
    }
    return nextDropped();
  }

  private boolean isMarkerNext() {
    return markerIndex < markers.count()
        && (!hasChunk || markers.get(markerIndex).precedingChunks() <= chunks.number());
  }

  private boolean nextMarker() {
    EventMarkers.Marker marker = markers.get(markerIndex++);
    event = marker.event();
    note = marker.note();
    nanos = event == null ? nanos : event.nanos();
    return true;
  }

  /** An empty chunk is missing if it was between missing bytes. */
  private boolean isMissing() {
    return missingRanges.contains(nextOffset)
        && (nextOffset < chunks.globalEndOffset() || missingRanges.contains(nextOffset - 1));
  }

  private void skipMissing() {
    long missingEnd = missingRanges.endOffset(nextOffset, chunks.globalEndOffset());
    droppedBytes[chunks.side().ordinal()] += missingEnd - nextOffset;
    moveTo(missingEnd);
  }

  private boolean nextRange() {
    side = chunks.side();
    nanos = chunks.nanos();
    globalOffset = nextOffset;
    globalEndOffset = missingRanges.endOffset(nextOffset, chunks.globalEndOffset());
    moveTo(globalEndOffset);
    return true;
  }

  private void moveTo(long newOffset) {
    nextOffset = newOffset;
    if (nextOffset >= chunks.globalEndOffset()) {
      nextChunk();
    }
  }

  private boolean nextDropped() {
    for (Side each : Side.values()) {
      long byteCount = droppedBytes[each.ordinal()];
      if (byteCount > 0) {
        droppedBytes[each.ordinal()] = 0;
        event = new Event.Dropped(each, nanos, byteCount);
        return true;
      }
    }
    return false;
  }

  /** Returns whether it is at a range of a chunk. */
  boolean isRange() {
    return event == null && note == null;
  }

  Side side() {
    return side;
  }

  long nanos() {
    return nanos;
  }

  /** Returns where the range begins in the bytes of both sides. */
  long globalOffset() {
    return globalOffset;
  }

  long globalEndOffset() {
    return globalEndOffset;
  }

  /** Returns the event, with the bytes of a range read; null at a note. */
  @Nullable Event event() {
    return isRange()
        ? new Event.Sent(side, nanos, store.bytes(globalOffset, globalEndOffset))
        : event;
  }

  EventMarkers.@Nullable PendingNote note() {
    return note;
  }
}
