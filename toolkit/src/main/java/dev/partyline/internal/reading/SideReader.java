package dev.partyline.internal.reading;

import dev.partyline.internal.text.ArgumentChecks;
import dev.partyline.view.Flaw;
import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Gap;
import dev.partyline.wire.Side;
import dev.partyline.wire.Termination;
import java.util.List;

/**
 * Reads what a side sent, at any offset or piece by piece. It fetches a window at a time, so that
 * bytes that no view needs are not fetched.
 */
public final class SideReader {
  /** What {@link #byteAt} returns where there is no byte. */
  public static final int NO_BYTE = -1;

  private static final int MIN_WINDOW_BYTES = 1 << 12;
  private static final int MAX_WINDOW_BYTES = 1 << 16;

  /** The JDK's longest array. */
  private static final int MAX_ARRAY_BYTES = Integer.MAX_VALUE - 8;

  private final Conversation conversation;
  private final Side side;
  private final long byteCount;
  private final List<Gap> gaps;
  private final PrintedConversation printed;
  private Bytes window = Bytes.EMPTY;
  private long windowOffset;
  private long offset;

  /**
   * Creates a reader.
   *
   * @param startOffset the offset of the first piece
   * @throws IllegalArgumentException if that is negative
   */
  public SideReader(Conversation conversation, Side side, long startOffset) {
    this(conversation, side, startOffset, new PrintedConversation(conversation));
  }

  private SideReader(
      Conversation conversation, Side side, long startOffset, PrintedConversation printed) {
    ArgumentChecks.notNegative("offset", startOffset);
    this.printed = printed;
    this.conversation = conversation;
    this.side = side;
    this.byteCount = conversation.byteCount(side);
    this.gaps = conversation.gaps().stream().filter(gap -> gap.side() == side).toList();
    this.offset = Math.min(startOffset, byteCount);
  }

  /** Returns a reader of the same side, which can read elsewhere at the same time. */
  public SideReader duplicate() {
    return new SideReader(conversation, side, 0, printed);
  }

  public Conversation conversation() {
    return conversation;
  }

  public Side side() {
    return side;
  }

  /** Returns how many bytes the side sent, kept or not. */
  public long byteCount() {
    return byteCount;
  }

  public List<Gap> gapsWithin(long startOffset, long endOffset) {
    return gaps.isEmpty()
        ? gaps
        : gaps.stream()
            .filter(gap -> gap.offset() < endOffset && gap.endOffset() > startOffset)
            .toList();
  }

  /** Returns the byte at an offset, or {@link #NO_BYTE} if it was not sent or not kept. */
  public int byteAt(long byteOffset) {
    return byteAt(byteOffset, byteOffset);
  }

  /** Returns bytes that were kept. */
  public Bytes bytes(long startOffset, long endOffset) {
    if (startOffset < windowOffset || endOffset > windowEndOffset()) {
      if (endOffset - startOffset > MAX_WINDOW_BYTES) {
        return wholeBytes(startOffset, endOffset);
      }
      fetch(startOffset, endOffset);
    }
    return window.slice((int) (startOffset - windowOffset), (int) (endOffset - windowOffset));
  }

  /**
   * Returns bytes as {@link Conversation#bytes(Side, long, long)} does, which print with their
   * secrets masked, unless the conversation is exact.
   */
  public Bytes wholeBytes(long startOffset, long endOffset) {
    Bytes bytes = conversation.bytes(side, startOffset, endOffset);
    return conversation.isExact()
        ? bytes
        : bytes.printedAs(printed.range(side, startOffset, endOffset));
  }

  /** Returns what is printed for bytes that were kept. */
  public Bytes printedBytes(long startOffset, long endOffset) {
    return printed.bytes(side, startOffset, endOffset);
  }

  /** Returns bytes that were decoded from those of the side, which print like all others. */
  public Bytes decoded(Bytes bytes) {
    return bytes.printedAs(() -> printed.decoded(bytes));
  }

  /** Reads a line of at most so many bytes, up to its LF. */
  public RawLine line(long lineOffset, int maxBytes) {
    long position = lineOffset;
    int previousByte = NO_BYTE;
    for (int nextByte = byteAt(position, lineOffset);
        nextByte != NO_BYTE && position - lineOffset < maxBytes;
        nextByte = byteAt(position, lineOffset)) {
      position++;
      if (nextByte == '\n') {
        long contentEndOffset = position - (previousByte == '\r' ? 2 : 1);
        return new RawLine(lineOffset, bytes(lineOffset, contentEndOffset), position, true);
      }
      previousByte = nextByte;
    }
    return new RawLine(lineOffset, bytes(lineOffset, position), position, false);
  }

  /** Returns the reason why there is no byte at an offset. */
  public String missingReason(long missingOffset) {
    for (Gap gap : gapsWithin(missingOffset, missingOffset + 1)) {
      return gap.endOffset() - missingOffset + " bytes were not kept from there on";
    }
    for (Termination termination : conversation.ledger()) {
      if (termination.side() == side) {
        return "the " + side + " ended there by " + termination.kind();
      }
    }
    return conversation.isOpen() ? "more may come" : "the connection is closed";
  }

  /** Returns whether the side sent a FIN, and so all that it intended to send. */
  public boolean isEndedByFin() {
    return conversation.ledger().stream()
        .filter(termination -> termination.side() == side)
        .findFirst()
        .filter(termination -> termination.kind() == Termination.Kind.FIN)
        .isPresent();
  }

  /** Returns the offset of the next piece. */
  public long offset() {
    return offset;
  }

  /** Returns how many bytes are left, kept or not. */
  public long remaining() {
    return byteCount - offset;
  }

  /** Returns how many bytes are left up to the first that was not kept. */
  public long available() {
    return keptEndOffset(offset) - offset;
  }

  /** Returns the unsigned byte so many bytes from here, which must be available. */
  public int peek(int index) {
    return byteAt(offset + index, offset);
  }

  /** Returns the unsigned number that bytes from here make, which must be available. */
  public long peekNumber(int start, int end) {
    return BigEndian.unsigned(bytes(offset + start, offset + end), 0, end - start);
  }

  /** Returns the distance of the first such byte from here, or -1 if none is available. */
  public int indexOf(char value) {
    long limit = Math.min(available(), MAX_ARRAY_BYTES / 4);
    for (int i = 0; i < limit; i++) {
      if (peek(i) == value) {
        return i;
      }
    }
    return -1;
  }

  /** Reads the next bytes, which must be available. */
  public Bytes read(int size) {
    offset += size;
    return bytes(offset - size, offset);
  }

  /**
   * Skips the next bytes, all of which must have been sent, and returns those after a head; none if
   * some of them were not kept.
   */
  public Bytes readPayload(long size, int headSize) {
    if (size <= available() && size <= MAX_ARRAY_BYTES) {
      return read((int) size).slice(headSize, (int) size);
    }
    offset += size;
    return Bytes.EMPTY;
  }

  /** Returns the flaw that more is needed than is available. */
  public Flaw missing(String description) {
    long missingOffset = keptEndOffset(offset);
    String reason = "";
    for (Gap gap : gapsWithin(missingOffset, missingOffset + 1)) {
      long bytes = gap.endOffset() - missingOffset;
      reason = ": " + bytes + (bytes == 1 ? " byte was" : " bytes were") + " not kept";
    }
    return new Flaw(Flaw.Kind.INCOMPLETE, side, missingOffset, description + reason);
  }

  private long keptEndOffset(long startOffset) {
    for (Gap gap : gaps) {
      if (gap.endOffset() > startOffset) {
        return Math.max(startOffset, gap.offset());
      }
    }
    return byteCount;
  }

  private long windowEndOffset() {
    return windowOffset + window.size();
  }

  /** Returns a byte; a window that is fetched for it begins with the bytes that are needed too. */
  private int byteAt(long byteOffset, long neededOffset) {
    if (byteOffset < windowOffset || byteOffset >= windowEndOffset()) {
      if (byteOffset >= keptEndOffset(neededOffset)) {
        return NO_BYTE;
      }
      // Twice as far, so that a long search fetches each byte only a few times.
      fetch(neededOffset, neededOffset + 2 * (byteOffset - neededOffset) + 1);
    }
    return window.byteAt((int) (byteOffset - windowOffset)) & 0xff;
  }

  /** Fetches a window; it is larger each time that it continues the one before. */
  private void fetch(long startOffset, long neededEndOffset) {
    boolean continues = startOffset >= windowOffset && startOffset <= windowEndOffset();
    int size = continues ? Math.min(2 * window.size(), MAX_WINDOW_BYTES) : 0;
    long endOffset = Math.max(neededEndOffset, startOffset + Math.max(size, MIN_WINDOW_BYTES));
    window = wholeBytes(startOffset, Math.min(endOffset, keptEndOffset(startOffset)));
    windowOffset = startOffset;
  }

  /**
   * A line.
   *
   * @param bytes the line without its line end
   * @param nextOffset the offset of the next line, or where this one is cut off
   * @param complete whether it has its line end
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
