package dev.partyline.assertions;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;

/**
 * The first offset, at or after a given one, at which wanted bytes begin in what a side of one
 * connection sent. It may be looked for repeatedly while the side sends; each byte is searched
 * once.
 */
final class BytePosition {
  private final Bytes wanted;
  private long searchOffset;
  private long foundOffset = -1;

  /** The offset among the bytes of both sides; it is stored because dropped bytes have none. */
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
      foundOffset = indexOf(conversation, side);
      searchOffset = Math.max(searchOffset, conversation.byteCount(side) - wanted.size() + 1);
      if (foundOffset >= 0) {
        globalOffset = conversation.globalOffset(side, foundOffset);
        lastGlobalOffset = conversation.globalOffset(side, foundOffset + wanted.size() - 1);
      }
    }
    return foundOffset;
  }

  /** A text that lies across two datagrams was not sent: each of them is a message. */
  private long indexOf(Conversation conversation, Side side) {
    long offset = conversation.indexOf(side, wanted, searchOffset);
    boolean isStream = conversation.transport().isStream();
    while (!isStream
        && offset >= 0
        && conversation.chunkEndOffset(side, offset) < offset + wanted.size()) {
      offset = conversation.indexOf(side, wanted, offset + 1);
    }
    return offset;
  }

  /** Returns how many bytes of both sides came before the first byte. */
  long globalOffset() {
    return globalOffset;
  }

  /** Returns how many bytes of both sides came before the last byte. */
  long lastGlobalOffset() {
    return lastGlobalOffset;
  }
}
