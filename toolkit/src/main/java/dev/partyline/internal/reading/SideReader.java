package dev.partyline.internal.reading;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Gap;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import dev.partyline.wire.TerminationKind;
import java.util.List;

/** What a side sent, read a little at a time, so that what nobody looks at is never fetched. */
public final class SideReader {
  /** What {@link #byteAt} returns where there is no byte. */
  public static final int NO_BYTE = -1;

  private static final int WINDOW_BYTES = 4096;

  private final Conversation conversation;
  private final Side side;
  private final List<Gap> gaps;
  private Bytes window = Bytes.EMPTY;
  private long windowOffset;

  public SideReader(Conversation conversation, Side side) {
    this.conversation = conversation;
    this.side = side;
    this.gaps = conversation.gaps().stream().filter(gap -> gap.side() == side).toList();
  }

  public Conversation conversation() {
    return conversation;
  }

  public Side side() {
    return side;
  }

  /** Returns how many bytes the side sent, kept or not. */
  public long byteCount() {
    return conversation.byteCount(side);
  }

  public List<Gap> gapsWithin(long offset, long endOffset) {
    return gaps.isEmpty()
        ? gaps
        : gaps.stream()
            .filter(gap -> gap.offset() < endOffset && gap.endOffset() > offset)
            .toList();
  }

  /** Returns the byte at an offset, or {@link #NO_BYTE} if it has not come or was not kept. */
  public int byteAt(long offset) {
    if (offset < windowOffset || offset >= windowOffset + window.size()) {
      fetch(offset);
    }
    return offset < windowOffset + window.size()
        ? window.byteAt((int) (offset - windowOffset)) & 0xff
        : NO_BYTE;
  }

  private void fetch(long offset) {
    long endOffset = Math.min(byteCount(), offset + WINDOW_BYTES);
    for (Gap gap : gapsWithin(offset, endOffset)) {
      endOffset = Math.max(offset, Math.min(endOffset, gap.offset()));
    }
    window = endOffset <= offset ? Bytes.EMPTY : conversation.bytes(side, offset, endOffset);
    windowOffset = offset;
  }

  /** Returns bytes that are there. */
  public Bytes bytes(long offset, long endOffset) {
    if (endOffset - offset <= WINDOW_BYTES
        && byteAt(offset) != NO_BYTE
        && endOffset <= windowOffset + window.size()) {
      return window.slice((int) (offset - windowOffset), (int) (endOffset - windowOffset));
    }
    return conversation.bytes(side, offset, endOffset);
  }

  /** Reads a line of so many bytes at most, up to its LF. */
  public RawLine line(long offset, int maxBytes) {
    long position = offset;
    int previousByte = NO_BYTE;
    for (int nextByte = byteAt(position);
        nextByte != NO_BYTE && position - offset < maxBytes;
        nextByte = byteAt(position)) {
      position++;
      if (nextByte == '\n') {
        long contentEndOffset = position - (previousByte == '\r' ? 2 : 1);
        return new RawLine(offset, bytes(offset, contentEndOffset), position, true);
      }
      previousByte = nextByte;
    }
    return new RawLine(offset, bytes(offset, position), position, false);
  }

  /** Says why there is no byte at an offset. */
  public String missingReason(long offset) {
    for (Gap gap : gapsWithin(offset, offset + 1)) {
      return gap.endOffset() - offset + " bytes were not kept from there on";
    }
    for (Termination termination : conversation.ledger()) {
      if (termination.side() == side) {
        return "the " + side + " ended there by " + termination.kind();
      }
    }
    return conversation.isOpen() ? "more may come" : "the connection is closed";
  }

  /** Returns whether the side sent a FIN, and so all that it meant to send. */
  public boolean isEndedByFin() {
    return conversation.ledger().stream()
        .filter(termination -> termination.side() == side)
        .findFirst()
        .filter(termination -> termination.kind() == TerminationKind.FIN)
        .isPresent();
  }

  /** Returns the same to be read from elsewhere at the same time. */
  public SideReader duplicate() {
    return new SideReader(conversation, side);
  }

  /**
   * A line.
   *
   * @param bytes without its line end
   * @param nextOffset where the next line begins, or where it is cut off
   * @param complete whether its line end is there
   */
  public record RawLine(long offset, Bytes bytes, long nextOffset, boolean complete) {
    /** Returns whether it ends with LF alone. */
    public boolean endsWithBareLf() {
      return complete && nextOffset - offset - bytes.size() == 1;
    }

    public boolean isEmpty() {
      return bytes.isEmpty();
    }

    public boolean startsWithBlank() {
      return !isEmpty() && Ascii.isBlank(bytes.byteAt(0));
    }
  }
}
