package dev.partyline.assertions;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Side;
import java.util.List;

/** Several runs of bytes, one after the other; the search continues where the last one stopped. */
final class SequencePosition {
  private final List<Bytes> all;
  private int foundCount;
  private long endOffset;
  private BytePosition position;

  /** The list must not be empty. */
  SequencePosition(List<Bytes> all) {
    this.all = all;
    this.position = new BytePosition(all.get(0));
  }

  boolean isIn(Conversation conversation, Side side) {
    while (foundCount < all.size()) {
      long offset = position.find(conversation, side);
      if (offset < 0) {
        return false;
      }
      endOffset = offset + all.get(foundCount++).size();
      position =
          foundCount < all.size() ? new BytePosition(all.get(foundCount), endOffset) : position;
    }
    return true;
  }

  /** Returns how many runs were found. */
  int foundCount() {
    return foundCount;
  }

  /** Returns the run that is being looked for. */
  Bytes wanted() {
    return position.wanted();
  }

  /** Returns where the last run that was found ends. */
  long endOffset() {
    return endOffset;
  }

  int size() {
    return all.size();
  }
}
