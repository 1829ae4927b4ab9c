package dev.partyline.view;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Gap;
import dev.partyline.wire.Side;
import java.util.List;

/** What one side said, read from the front as far as it was kept, a window at a time. */
final class Scroll {
  private static final int WINDOW = 1 << 16;

  /** Where the JDK ends an array. */
  private static final int MOST = Integer.MAX_VALUE - 8;

  private final Conversation conversation;
  private final Side side;
  private final long end;
  private final List<Gap> gaps;
  private int passed;
  private long at;
  private long windowAt;
  private Bytes window = Bytes.EMPTY;

  Scroll(Conversation conversation, Side side, long from) {
    this.conversation = conversation;
    this.side = side;
    this.end = conversation.count(side);
    this.gaps = conversation.gaps().stream().filter(gap -> gap.side() == side).toList();
    this.at = Math.min(from, end);
  }

  Side side() {
    return side;
  }

  /** Returns the offset of what comes next. */
  long at() {
    return at;
  }

  /** Returns how many bytes come in one run, up to the end or to what was not kept. */
  long left() {
    return keptUpTo() - at;
  }

  /** Returns how many bytes come in all, kept or not. */
  long all() {
    return end - at;
  }

  /** Returns the unsigned byte some bytes from here, which must be left. */
  int peek(int ahead) {
    // Twice as far as was looked, so that looking further and further reads nothing many times.
    load(ahead + 1, 2L * ahead);
    return window.at((int) (at - windowAt) + ahead) & 0xff;
  }

  /** Returns the unsigned number that the next bytes make, which must be left. */
  long number(int from, int to) {
    long number = 0;
    for (int i = from; i < to; i++) {
      number = number << 8 | peek(i);
    }
    return number;
  }

  /** Returns how far the first of such a byte is from here, or -1 if none is left. */
  int find(char wanted) {
    long left = Math.min(left(), Integer.MAX_VALUE / 4);
    for (int i = 0; i < left; i++) {
      if (peek(i) == wanted) {
        return i;
      }
    }
    return -1;
  }

  /** Returns the next bytes, which must be left, and goes behind them. */
  Bytes take(int size) {
    load(size, size);
    int from = (int) (at - windowAt);
    at += size;
    return window.slice(from, from + size);
  }

  /**
   * Goes behind the next bytes, all of which must have been sent, and returns those behind a head;
   * none if some of them were not kept.
   */
  Bytes passage(long size, int head) {
    if (size <= left() && size <= MOST) {
      return take((int) size).slice(head, (int) size);
    }
    at += size;
    return Bytes.EMPTY;
  }

  /** Returns that more is needed where the kept run ends, and why there is not. */
  Flaw missing(String what) {
    long place = keptUpTo();
    for (Gap gap : gaps) {
      if (gap.offset() <= place && place < gap.end()) {
        long bytes = gap.end() - place;
        String gone = bytes + (bytes == 1 ? " byte was" : " bytes were") + " not kept";
        return new Flaw(Flaw.Kind.INCOMPLETE, side, place, what + ": " + gone);
      }
    }
    return new Flaw(Flaw.Kind.INCOMPLETE, side, place, what);
  }

  private long keptUpTo() {
    while (passed < gaps.size() && gaps.get(passed).end() <= at) {
      passed++;
    }
    return passed < gaps.size() ? Math.max(at, gaps.get(passed).offset()) : end;
  }

  private void load(int size, long wanted) {
    if (at < windowAt || at + size > windowAt + window.size()) {
      window = conversation.bytes(side, at, at + Math.min(left(), Math.max(wanted, WINDOW)));
      windowAt = at;
    }
  }
}
