package dev.partyline.assertions;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;

/**
 * A line in what a side of one connection sent, from one line end, or the beginning, to another.
 */
final class LinePosition {
  private static final Bytes CR = Bytes.utf8("\r");
  private static final Bytes LF = Bytes.utf8("\n");
  private static final Bytes CRLF = Bytes.utf8("\r\n");

  private final Bytes wanted;
  private final BytePosition lfLine;
  private final BytePosition crlfLine;

  LinePosition(Bytes wanted) {
    this.wanted = wanted;
    this.lfLine = new BytePosition(LF.plus(wanted).plus(LF));
    this.crlfLine = new BytePosition(LF.plus(wanted).plus(CRLF));
  }

  Bytes wanted() {
    return wanted;
  }

  boolean isIn(Conversation conversation, Side side) {
    if (!conversation.transport().isStream()) {
      return Datagrams.of(conversation, side).stream().anyMatch(this::isLineOf);
    }
    return startsWith(conversation, side, wanted.plus(LF))
        || startsWith(conversation, side, wanted.plus(CRLF))
        || lfLine.isIn(conversation, side)
        || crlfLine.isIn(conversation, side);
  }

  /** A datagram ends a line, too. */
  private boolean isLineOf(Bytes datagram) {
    int offset = 0;
    while (offset < datagram.size() || offset == 0) {
      int lineFeed = datagram.indexOf(LF, offset);
      int endOffset = lineFeed < 0 ? datagram.size() : lineFeed;
      Bytes line = datagram.slice(offset, endOffset);
      if (line.equals(wanted) || lineFeed >= 0 && line.equals(wanted.plus(CR))) {
        return true;
      }
      offset = endOffset + 1;
    }
    return false;
  }

  private static boolean startsWith(Conversation conversation, Side side, Bytes line) {
    boolean isKept =
        conversation.gaps().stream()
            .noneMatch(gap -> gap.side() == side && gap.offset() < line.size());
    return isKept
        && conversation.byteCount(side) >= line.size()
        && conversation.bytes(side, 0, line.size()).equals(line);
  }
}
