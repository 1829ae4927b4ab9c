package dev.partyline.wire;

/** Looks for some bytes in what a side sent, a window at a time. */
final class ByteSearch implements SideRanges.Reader {
  private static final int WINDOW = 1 << 16;
  private static final int LARGEST = Integer.MAX_VALUE - 8;

  private final ByteStore.View store;
  private final Bytes wanted;
  private final byte[] window;
  private int filled;

  /** Which offset of the side the window begins at. */
  private long offset;

  private long found = -1;

  ByteSearch(ByteStore.View store, Bytes wanted, long most) {
    this.store = store;
    this.wanted = wanted;
    this.window =
        new byte[(int) Math.min(Math.min(most, LARGEST), Math.max(WINDOW, 2L * wanted.size()))];
  }

  /** Returns the offset at which they stand first, or -1. */
  long found() {
    return found;
  }

  @Override
  public boolean piece(long at, long place, long length, boolean missing) {
    if (missing) {
      // What stands on both sides of a gap was not said in one run.
      filled = 0;
      return true;
    }
    if (filled == 0) {
      offset = at;
    }
    for (long done = 0; done < length; ) {
      int part = (int) Math.min(length - done, window.length - filled);
      store.copy(place + done, part, window, filled);
      int fresh = Math.max(0, filled - wanted.size() + 1);
      filled += part;
      done += part;
      if (matchesFrom(fresh)) {
        return false;
      }
      if (filled == window.length) {
        slide();
      }
    }
    return true;
  }

  private boolean matchesFrom(int start) {
    int index = Bytes.viewing(window, 0, filled).indexOf(wanted, start);
    found = index < 0 ? -1 : offset + index;
    return index >= 0;
  }

  /** Keeps what may be the beginning of what is wanted. */
  private void slide() {
    int kept = Math.min(filled, wanted.size() - 1);
    System.arraycopy(window, filled - kept, window, 0, kept);
    offset += filled - kept;
    filled = kept;
  }
}
