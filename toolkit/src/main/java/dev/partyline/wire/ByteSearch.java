package dev.partyline.wire;

/** Looks for some bytes in what a side sent, a window at a time. */
final class ByteSearch implements RangeCursor.RangeVisitor {
  private static final int MIN_WINDOW_BYTES = 1 << 16;
  private static final int MAX_ARRAY_LENGTH = Integer.MAX_VALUE - 8;

  private final ByteStore.Snapshot store;
  private final Bytes pattern;
  private final byte[] window;
  private int bufferedBytes;

  /** Which offset of the side the window begins at. */
  private long windowOffset;

  private long foundOffset = -1;

  ByteSearch(ByteStore.Snapshot store, Bytes pattern, long maxBytes) {
    this.store = store;
    this.pattern = pattern;
    this.window =
        new byte
            [(int)
                Math.min(
                    Math.min(maxBytes, MAX_ARRAY_LENGTH),
                    Math.max(MIN_WINDOW_BYTES, 2L * pattern.size()))];
  }

  /** Returns the offset at which they stand first, or -1. */
  long foundOffset() {
    return foundOffset;
  }

  @Override
  public boolean onRange(long offset, long globalOffset, long length, boolean missing) {
    if (missing) {
      // What stands on both sides of a gap was not said in one run.
      bufferedBytes = 0;
      return true;
    }
    if (bufferedBytes == 0) {
      windowOffset = offset;
    }
    for (long readBytes = 0; readBytes < length; ) {
      int part = (int) Math.min(length - readBytes, window.length - bufferedBytes);
      store.copy(globalOffset + readBytes, part, window, bufferedBytes);
      int searchStart = Math.max(0, bufferedBytes - pattern.size() + 1);
      bufferedBytes += part;
      readBytes += part;
      if (findMatch(searchStart)) {
        return false;
      }
      if (bufferedBytes == window.length) {
        slide();
      }
    }
    return true;
  }

  private boolean findMatch(int start) {
    int index = Bytes.viewOf(window, 0, bufferedBytes).indexOf(pattern, start);
    foundOffset = index < 0 ? -1 : windowOffset + index;
    return index >= 0;
  }

  /** Keeps what may be the beginning of what is wanted. */
  private void slide() {
    int keptBytes = Math.min(bufferedBytes, pattern.size() - 1);
    System.arraycopy(window, bufferedBytes - keptBytes, window, 0, keptBytes);
    windowOffset += bufferedBytes - keptBytes;
    bufferedBytes = keptBytes;
  }
}
