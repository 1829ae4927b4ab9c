package dev.partyline.assertions;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;

/**
 * The first place at which bytes stand in what a side of one connection sent, at or after an
 * offset. It is looked for again and again while the side speaks, and looks at each byte once.
 */
final class BytePosition {
  private final Bytes wanted;
  private long searchOffset;
  private long foundOffset = -1;

  /** Where among all bytes it stands, which cannot be asked any more once they are dropped. */
  private long globalOffset;

  private long lastGlobalOffset;

  BytePosition(Bytes wanted) {
    this(wanted, 0);
  }

  BytePosition(Bytes wanted, long searchOffset) {
    this.wanted = wanted;
    this.searchOffset = searchOffset;
  }

  Bytes wanted() {
    return wanted;
  }

  boolean isIn(Conversation conversation, Side side) {
    return find(conversation, side) >= 0;
  }

  /** Returns the offset, or -1. */
  long find(Conversation conversation, Side side) {
    if (foundOffset < 0) {
      foundOffset = conversation.indexOf(side, wanted, searchOffset);
      searchOffset = Math.max(searchOffset, conversation.byteCount(side) - wanted.size() + 1);
      if (foundOffset >= 0) {
        globalOffset = conversation.globalOffset(side, foundOffset);
        lastGlobalOffset = conversation.globalOffset(side, foundOffset + wanted.size() - 1);
      }
    }
    return foundOffset;
  }

  /** Returns how many bytes of both sides came ahead of the first byte. */
  long globalOffset() {
    return globalOffset;
  }

  /** Returns how many bytes of both sides came ahead of the last byte. */
  long lastGlobalOffset() {
    return lastGlobalOffset;
  }
}
