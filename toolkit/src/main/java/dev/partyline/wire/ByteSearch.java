package dev.partyline.wire;

/** Searches what a side sent for a pattern, a window at a time. */
final class ByteSearch {
  private static final int MIN_WINDOW_BYTES = 1 << 16;

  private final ByteStore.Snapshot store;
  private final Bytes pattern;
  private final byte[] window;
  private int bufferedBytes;

  /** Where the window begins in the bytes of the side. */
  private long windowOffset;

  ByteSearch(ByteStore.Snapshot store, Bytes pattern, long maxBytes) {
    this.store = store;
    this.pattern = pattern;
    long windowBytes = Math.max(MIN_WINDOW_BYTES, 2L * pattern.size());
    this.window = new byte[(int) Math.min(Math.min(maxBytes, Bytes.MAX_SIZE), windowBytes)];
  }

  /** Returns the offset at which the pattern first stands, or -1. */
  long find(RangeCursor ranges) {
    long foundOffset = -1;
    while (foundOffset < 0 && ranges.next()) {
      if (ranges.isMissing()) {
        // What stands on both sides of a gap was not sent in one run.
        bufferedBytes = 0;
      } else {
        foundOffset = findIn(ranges);
      }
    }
    return foundOffset;
  }

  private long findIn(RangeCursor range) {
    if (bufferedBytes == 0) {
      windowOffset = range.offset();
    }
    for (long readBytes = 0; readBytes < range.size(); ) {
      int part = (int) Math.min(range.size() - readBytes, window.length - bufferedBytes);
      store.copy(range.globalOffset() + readBytes, part, window, bufferedBytes);
      int searchStart = Math.max(0, bufferedBytes - pattern.size() + 1);
      bufferedBytes += part;
      readBytes += part;
      int index = Bytes.viewOf(window, 0, bufferedBytes).indexOf(pattern, searchStart);
      if (index >= 0) {
        return windowOffset + index;
      }
      if (bufferedBytes == window.length) {
        slide();
      }
    }
    return -1;
  }

  /** Keeps what may be the beginning of the pattern. */
  private void slide() {
    int keptBytes = Math.min(bufferedBytes, pattern.size() - 1);
    System.arraycopy(window, bufferedBytes - keptBytes, window, 0, keptBytes);
    windowOffset += bufferedBytes - keptBytes;
    bufferedBytes = keptBytes;
  }
}
