package dev.partyline.view;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Gap;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import dev.partyline.wire.TerminationKind;
import java.util.List;

/** What a side sent, read a little at a time, so that what nobody looks at is never fetched. */
final class SideReader {
  /** What {@link #at} returns where there is no byte. */
  static final int NOTHING = -1;

  private static final int WINDOW = 4096;

  private final Conversation conversation;
  private final Side side;
  private final List<Gap> gaps;
  private Bytes window = Bytes.EMPTY;
  private long from;

  SideReader(Conversation conversation, Side side) {
    this.conversation = conversation;
    this.side = side;
    this.gaps = conversation.gaps().stream().filter(gap -> gap.side() == side).toList();
  }

  Conversation conversation() {
    return conversation;
  }

  Side side() {
    return side;
  }

  /** Returns how many bytes the side sent, kept or not. */
  long count() {
    return conversation.count(side);
  }

  List<Gap> gapsWithin(long start, long end) {
    return gaps.isEmpty()
        ? gaps
        : gaps.stream().filter(gap -> gap.offset() < end && gap.end() > start).toList();
  }

  /** Returns the byte at an offset, or {@link #NOTHING} if it has not come or was not kept. */
  int at(long offset) {
    if (offset < from || offset >= from + window.size()) {
      fetch(offset);
    }
    return offset < from + window.size() ? window.at((int) (offset - from)) & 0xff : NOTHING;
  }

  private void fetch(long offset) {
    long to = Math.min(count(), offset + WINDOW);
    for (Gap gap : gapsWithin(offset, to)) {
      to = Math.max(offset, Math.min(to, gap.offset()));
    }
    window = to <= offset ? Bytes.EMPTY : conversation.bytes(side, offset, to);
    from = offset;
  }

  /** Returns bytes that are there. */
  Bytes bytes(long start, long end) {
    if (end - start <= WINDOW && at(start) != NOTHING && end <= from + window.size()) {
      return window.slice((int) (start - from), (int) (end - from));
    }
    return conversation.bytes(side, start, end);
  }

  /** Reads a line of so many bytes at most, up to its LF. */
  Line line(long start, int most) {
    long at = start;
    int last = NOTHING;
    for (int next = at(at); next != NOTHING && at - start < most; next = at(at)) {
      at++;
      if (next == '\n') {
        long end = at - (last == '\r' ? 2 : 1);
        return new Line(start, bytes(start, end), at, true);
      }
      last = next;
    }
    return new Line(start, bytes(start, at), at, false);
  }

  /** Says why there is no byte at an offset. */
  String why(long offset) {
    for (Gap gap : gapsWithin(offset, offset + 1)) {
      return gap.end() - offset + " bytes were not kept from there on";
    }
    for (Termination close : conversation.ledger()) {
      if (close.side() == side) {
        return "the " + side + " ended there by " + close.how();
      }
    }
    return conversation.isOpen() ? "more may come" : "the connection is closed";
  }

  /** Returns whether the side sent a FIN, and so all that it meant to send. */
  boolean isFinished() {
    return conversation.ledger().stream()
        .filter(close -> close.side() == side)
        .findFirst()
        .filter(close -> close.how() == TerminationKind.FIN)
        .isPresent();
  }

  /** Returns the same to be read from elsewhere at the same time. */
  SideReader again() {
    return new SideReader(conversation, side);
  }

  /**
   * A line.
   *
   * @param bytes without its line end
   * @param next where the next line begins, or where it is cut off
   * @param whole whether its line end is there
   */
  record Line(long at, Bytes bytes, long next, boolean whole) {
    /** Returns whether it ends with LF alone. */
    boolean isBare() {
      return whole && next - at - bytes.size() == 1;
    }

    boolean isEmpty() {
      return bytes.isEmpty();
    }

    boolean isFolded() {
      return !isEmpty() && Ascii.isBlank(bytes.at(0));
    }
  }
}
