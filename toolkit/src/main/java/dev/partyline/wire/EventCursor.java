package dev.partyline.wire;

/** Goes over all that a take has in its order: chunks, what is missing, ends and notes. */
final class EventCursor implements ChunkLog.ChunkVisitor {
  private final ConversationSnapshot snapshot;
  private final MissingRanges missingRanges;
  private final Visitor visitor;
  private int markerIndex;
  private long clientDroppedBytes;
  private long serverDroppedBytes;
  private long nanos;

  /** Somebody who is told what comes. */
  interface Visitor {
    /** Takes a chunk, or a part of it, with where on the tape it begins and ends. */
    void onSent(Side side, long nanos, long globalOffset, long globalEndOffset);

    /** Takes an end, that TLS starts, or that bytes were dropped. */
    void onEvent(Event event);

    void onNote(long nanos, String text);
  }

  EventCursor(ConversationSnapshot snapshot, Visitor visitor) {
    this.snapshot = snapshot;
    this.missingRanges = snapshot.missingRanges();
    this.visitor = visitor;
  }

  void traverse() {
    snapshot.chunks().visit(ChunkLog.Start.BEGINNING, this);
    visitMarkers(Long.MAX_VALUE);
    visitDropped();
  }

  @Override
  public boolean onChunk(
      long number, Side side, long chunkNanos, long globalOffset, long globalEndOffset) {
    visitMarkers(number);
    if (globalOffset == globalEndOffset
        && !(missingRanges.contains(globalOffset) && missingRanges.contains(globalOffset - 1))) {
      visitRange(side, chunkNanos, globalOffset, globalEndOffset);
    }
    for (long rangeOffset = globalOffset; rangeOffset < globalEndOffset; ) {
      long rangeEndOffset = missingRanges.endOffset(rangeOffset, globalEndOffset);
      if (missingRanges.contains(rangeOffset)) {
        addDropped(side, rangeEndOffset - rangeOffset);
      } else {
        visitRange(side, chunkNanos, rangeOffset, rangeEndOffset);
      }
      rangeOffset = rangeEndOffset;
    }
    return true;
  }

  @Override
  public boolean onDropped(long number, Side side, long byteCount) {
    visitMarkers(number);
    addDropped(side, byteCount);
    return true;
  }

  private void visitRange(Side side, long chunkNanos, long globalOffset, long globalEndOffset) {
    visitDropped();
    nanos = chunkNanos;
    visitor.onSent(side, chunkNanos, globalOffset, globalEndOffset);
  }

  private void addDropped(Side side, long byteCount) {
    clientDroppedBytes += side == Side.CLIENT ? byteCount : 0;
    serverDroppedBytes += side == Side.SERVER ? byteCount : 0;
  }

  private void visitDropped() {
    if (clientDroppedBytes > 0) {
      visitor.onEvent(new Event.Dropped(Side.CLIENT, nanos, clientDroppedBytes));
    }
    if (serverDroppedBytes > 0) {
      visitor.onEvent(new Event.Dropped(Side.SERVER, nanos, serverDroppedBytes));
    }
    clientDroppedBytes = 0;
    serverDroppedBytes = 0;
  }

  private void visitMarkers(long number) {
    while (markerIndex < snapshot.markers().count()
        && snapshot.markers().get(markerIndex).precedingChunks() <= number) {
      EventMarkers.Marker marker = snapshot.markers().get(markerIndex++);
      visitDropped();
      if (marker.event() != null) {
        nanos = marker.event().nanos();
        visitor.onEvent(marker.event());
      } else if (marker.note() != null) {
        visitor.onNote(marker.note().nanos(), marker.note().text());
      }
    }
  }
}
