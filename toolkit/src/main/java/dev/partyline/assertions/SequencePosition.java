package dev.partyline.assertions;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.util.List;

/** Several runs of bytes one after the other; it remembers how far it came at the last look. */
final class SequencePosition {
  private final List<Bytes> all;
  private int reached;
  private long place;
  private BytePosition next;

  /** All must have one run at least. */
  SequencePosition(List<Bytes> all) {
    this.all = all;
    this.next = new BytePosition(all.get(0));
  }

  boolean isIn(Conversation conversation, Side side) {
    while (reached < all.size()) {
      long at = next.in(conversation, side);
      if (at < 0) {
        return false;
      }
      place = at + all.get(reached++).size();
      next = reached < all.size() ? new BytePosition(all.get(reached), place) : next;
    }
    return true;
  }

  /** Returns how many were found. */
  int reached() {
    return reached;
  }

  /** Returns which is looked for. */
  Bytes wanted() {
    return next.wanted();
  }

  /** Returns where the last that was found ends. */
  long place() {
    return place;
  }

  int size() {
    return all.size();
  }
}
