package dev.partyline.wire;

import org.jspecify.annotations.Nullable;

/** The chunks of a tape: one log of all, or one of the beginning and one of the end. */
final class ChunkLog {
  /** Room for the chunks that hold no byte, beside as many as there can be with one. */
  private static final int EMPTY_ONES = 64;

  private final ChunkIndex first = new ChunkIndex();
  private final @Nullable HeadTailStore ends;
  private @Nullable ChunkIndex last;

  /** Makes the chunks of a tape of which only the ends are kept, or all. */
  ChunkLog(@Nullable HeadTailStore ends) {
    this.ends = ends;
  }

  void add(Side side, long nanos, long length) {
    if (last == null && (ends == null || isEarly(ends))) {
      first.add(side, nanos, length);
      return;
    }
    ChunkIndex late = last == null ? new ChunkIndex(first) : last;
    last = late;
    boolean more = late.add(side, nanos, length);
    if (ends != null && more) {
      late.drop(ends.isCut() ? ends.tailFrom() : 0, ends.tail() + EMPTY_ONES);
    }
  }

  private boolean isEarly(HeadTailStore limits) {
    return first.bytes() < limits.head() && first.chunks() < limits.head() + EMPTY_ONES;
  }

  private ChunkIndex newest() {
    return last == null ? first : last;
  }

  long size() {
    return newest().chunks();
  }

  long count(Side side) {
    return newest().count(side);
  }

  View view() {
    ChunkIndex.View early = first.view();
    return new View(early, last == null ? null : last.view());
  }

  /** The chunks as they were at one moment. */
  record View(ChunkIndex.View first, ChunkIndex.@Nullable View last) {
    private ChunkIndex.View newest() {
      return last == null ? first : last;
    }

    long count(Side side) {
      return newest().bytesAhead(newest().size(), side);
    }

    /** Returns what is missing, that of chunks included of which nothing is known any more. */
    MissingRanges holes(MissingRanges store) {
      if (last == null || last.bytesAhead(0) == first.bytes()) {
        return store;
      }
      long from = store.isEmpty() ? first.bytes() : Math.min(store.bounds()[0], first.bytes());
      long to = Math.max(store.isEmpty() ? 0 : store.bounds()[1], last.bytesAhead(0));
      return MissingRanges.one(from, to);
    }

    /** Returns the block in which a side has sent so many bytes, or the last one if it has not. */
    Start at(Side side, long offset) {
      if (last != null && last.bytesAhead(0, side) <= offset) {
        int block = last.blockAt(side, offset);
        return new Start(true, block, last.bytesAhead(block, side));
      }
      int block = first.blockAt(side, offset);
      return new Start(false, block, first.bytesAhead(block, side));
    }

    /** Hands the chunks to a reader in their order, until it has enough. */
    void read(Start start, Reader reader) {
      if (!start.late() && !read(first, start.block(), reader)) {
        return;
      }
      if (last != null && (start.late() || dropped(first, last, reader))) {
        read(last, start.late() ? start.block() : 0, reader);
      }
    }

    private static boolean dropped(ChunkIndex.View first, ChunkIndex.View last, Reader reader) {
      long number = first.chunks();
      for (Side side : Side.values()) {
        long bytes = last.bytesAhead(0, side) - first.bytesAhead(first.size(), side);
        if (bytes > 0 && !reader.dropped(number, side, bytes)) {
          return false;
        }
      }
      return true;
    }

    private static boolean read(ChunkIndex.View log, int start, Reader reader) {
      for (int block = start; block < log.size(); block++) {
        long from = log.bytesAhead(block);
        long number = log.chunksAhead(block);
        for (int i = 0; i < log.chunks(block); i++) {
          long end = log.end(block, i);
          if (!reader.chunk(number + i, log.side(block, i), log.nanos(block, i), from, end)) {
            return false;
          }
          from = end;
        }
      }
      return true;
    }
  }

  /**
   * Where to begin to read.
   *
   * @param late whether that is in the log of the end
   * @param block the number of the block there
   * @param offset how many bytes of the side in question are ahead of it
   */
  record Start(boolean late, int block, long offset) {
    static final Start BEGINNING = new Start(false, 0, 0);
  }

  /** Somebody who reads the chunks of a tape; false is enough. */
  interface Reader {
    /** Takes a chunk with its number and where on the tape it begins and ends. */
    boolean chunk(long number, Side side, long nanos, long from, long end);

    /** Takes that chunks of a side were dropped, the first of all with this number. */
    boolean dropped(long number, Side side, long bytes);
  }
}
