package dev.partyline.internal.reading;

import dev.partyline.view.Flaw;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Gap;
import dev.partyline.wire.Side;
import java.util.List;

/** What one side said, read from the front as far as it was kept, a window at a time. */
public final class Scroll {
  private static final int WINDOW_BYTES = 1 << 16;

  /** Where the JDK ends an array. */
  private static final int MAX_ARRAY_SIZE = Integer.MAX_VALUE - 8;

  private final Conversation conversation;
  private final Side side;
  private final long endOffset;
  private final List<Gap> gaps;
  private int nextGap;
  private long offset;
  private long windowOffset;
  private Bytes window = Bytes.EMPTY;

  public Scroll(Conversation conversation, Side side, long offset) {
    this.conversation = conversation;
    this.side = side;
    this.endOffset = conversation.byteCount(side);
    this.gaps = conversation.gaps().stream().filter(gap -> gap.side() == side).toList();
    this.offset = Math.min(offset, endOffset);
  }

  public Side side() {
    return side;
  }

  /** Returns the offset of what comes next. */
  public long offset() {
    return offset;
  }

  /** Returns how many bytes come in one run, up to the end or to what was not kept. */
  public long available() {
    return keptEndOffset() - offset;
  }

  /** Returns how many bytes come in all, kept or not. */
  public long remaining() {
    return endOffset - offset;
  }

  /** Returns the unsigned byte some bytes from here, which must be left. */
  public int peek(int index) {
    // Twice as far as was looked, so that looking further and further reads nothing many times.
    load(index + 1, 2L * index);
    return window.byteAt((int) (offset - windowOffset) + index) & 0xff;
  }

  /** Returns the unsigned number that the next bytes make, which must be left. */
  public long number(int start, int end) {
    long number = 0;
    for (int i = start; i < end; i++) {
      number = number << 8 | peek(i);
    }
    return number;
  }

  /** Returns how far the first of such a byte is from here, or -1 if none is left. */
  public int indexOf(char value) {
    long limit = Math.min(available(), Integer.MAX_VALUE / 4);
    for (int i = 0; i < limit; i++) {
      if (peek(i) == value) {
        return i;
      }
    }
    return -1;
  }

  /** Returns the next bytes, which must be left, and goes behind them. */
  public Bytes read(int size) {
    load(size, size);
    int start = (int) (offset - windowOffset);
    offset += size;
    return window.slice(start, start + size);
  }

  /**
   * Goes behind the next bytes, all of which must have been sent, and returns those behind a head;
   * none if some of them were not kept.
   */
  public Bytes readPayload(long size, int headSize) {
    if (size <= available() && size <= MAX_ARRAY_SIZE) {
      return read((int) size).slice(headSize, (int) size);
    }
    offset += size;
    return Bytes.EMPTY;
  }

  /** Returns that more is needed where the kept run ends, and why there is not. */
  public Flaw missing(String description) {
    long missingOffset = keptEndOffset();
    for (Gap gap : gaps) {
      if (gap.offset() <= missingOffset && missingOffset < gap.endOffset()) {
        long bytes = gap.endOffset() - missingOffset;
        String reason = bytes + (bytes == 1 ? " byte was" : " bytes were") + " not kept";
        return new Flaw(Flaw.Kind.INCOMPLETE, side, missingOffset, description + ": " + reason);
      }
    }
    return new Flaw(Flaw.Kind.INCOMPLETE, side, missingOffset, description);
  }

  private long keptEndOffset() {
    while (nextGap < gaps.size() && gaps.get(nextGap).endOffset() <= offset) {
      nextGap++;
    }
    return nextGap < gaps.size() ? Math.max(offset, gaps.get(nextGap).offset()) : endOffset;
  }

  private void load(int size, long preferredSize) {
    if (offset < windowOffset || offset + size > windowOffset + window.size()) {
      window =
          conversation.bytes(
              side, offset, offset + Math.min(available(), Math.max(preferredSize, WINDOW_BYTES)));
      windowOffset = offset;
    }
  }
}
