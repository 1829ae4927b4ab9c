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
  private long from;
  private long found = -1;

  /** Where among all bytes it stands, which cannot be asked any more once they are dropped. */
  private long first;

  private long last;

  BytePosition(Bytes wanted) {
    this(wanted, 0);
  }

  BytePosition(Bytes wanted, long from) {
    this.wanted = wanted;
    this.from = from;
  }

  Bytes wanted() {
    return wanted;
  }

  boolean isIn(Conversation conversation, Side side) {
    return in(conversation, side) >= 0;
  }

  /** Returns the offset, or -1. */
  long in(Conversation conversation, Side side) {
    if (found < 0) {
      found = conversation.indexOf(side, wanted, from);
      from = Math.max(from, conversation.count(side) - wanted.size() + 1);
      if (found >= 0) {
        first = conversation.placeOf(side, found);
        last = conversation.placeOf(side, found + wanted.size() - 1);
      }
    }
    return found;
  }

  /** Returns how many bytes of both sides came ahead of the first byte. */
  long first() {
    return first;
  }

  /** Returns how many bytes of both sides came ahead of the last byte. */
  long last() {
    return last;
  }
}
