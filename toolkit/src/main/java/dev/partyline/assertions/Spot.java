package dev.partyline.assertions;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;

/**
 * The first place at which bytes stand in what a side of one connection sent, at or after an
 * offset. It is looked for again and again while the side speaks, and looks at each byte once.
 */
final class Spot {
  private final Bytes wanted;
  private long from;
  private long found = -1;

  Spot(Bytes wanted) {
    this(wanted, 0);
  }

  Spot(Bytes wanted, long from) {
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
    }
    return found;
  }
}
