package dev.partyline.view.resp;

import dev.partyline.wire.Bytes;
import java.util.ArrayList;
import java.util.List;

/** A list of which not all items were read yet. */
final class PartialArray {
  private final RespValue.Kind kind;
  private final List<RespValue> items = new ArrayList<>();
  private long remaining;

  /**
   * Creates a list without items.
   *
   * @param count how many items it will have, -1 if a mark ends it
   */
  PartialArray(RespValue.Kind kind, long count) {
    this.kind = kind;
    this.remaining = count;
  }

  boolean isStreamed() {
    return remaining < 0;
  }

  /** Adds an item; returns whether it was the last. */
  boolean add(RespValue item) {
    items.add(item);
    // An attribute is about the item after it, and does not count as one.
    if (!isStreamed() && item.kind() != RespValue.Kind.ATTRIBUTE) {
      remaining--;
    }
    return remaining == 0;
  }

  RespValue value() {
    return new RespValue(kind, false, Bytes.EMPTY, List.copyOf(items));
  }
}
