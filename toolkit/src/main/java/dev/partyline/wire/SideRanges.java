package dev.partyline.wire;

/** The pieces of what one side sent, from one of its offsets to another. */
final class SideRanges implements ChunkLog.Reader {
  private final ConversationSnapshot take;
  private final MissingRanges holes;
  private final Side side;
  private final long from;
  private final long to;
  private final ChunkLog.Start start;
  private long offset;
  private Reader reader = (at, place, length, missing) -> false;

  /** Somebody who reads the pieces; false is enough. */
  @FunctionalInterface
  interface Reader {
    /** Takes a piece with its offset in what the side sent and, if not missing, on the tape. */
    boolean piece(long offset, long place, long length, boolean missing);
  }

  SideRanges(ConversationSnapshot take, Side side, long from, long to) {
    this.take = take;
    this.holes = take.holes();
    this.side = side;
    this.from = from;
    this.to = to;
    this.start = take.chunks().at(side, from);
    this.offset = start.offset();
  }

  void read(Reader by) {
    reader = by;
    take.chunks().read(start, this);
  }

  @Override
  public boolean chunk(long number, Side sender, long nanos, long begin, long end) {
    if (sender != side) {
      return true;
    }
    long place = begin + Math.max(0, from - offset);
    long limit = Math.min(end, begin + (to - offset));
    while (place < limit) {
      long next = holes.end(place, limit);
      if (!reader.piece(offset + place - begin, place, next - place, holes.at(place))) {
        return false;
      }
      place = next;
    }
    offset += end - begin;
    return offset < to;
  }

  @Override
  public boolean dropped(long number, Side sender, long bytes) {
    if (sender != side) {
      return true;
    }
    long first = Math.max(from, offset);
    long last = Math.min(to, offset + bytes);
    offset += bytes;
    return (first >= last || reader.piece(first, -1, last - first, true)) && offset < to;
  }
}
