package dev.partyline.assertions;

import dev.partyline.wire.Bytes;
import dev.partyline.wire.Conversation;
import dev.partyline.wire.Gap;
import dev.partyline.wire.Side;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that one side of a conversation sent. The bytes are read only when needed, because they may
 * be many.
 */
final class SideStream {
  /** More is not searched, nor masked, for a failure. */
  static final long MAX_READABLE_BYTES = 64L << 20;

  private final Conversation conversation;
  private final Side side;
  private @Nullable Bytes bytes;

  SideStream(Conversation conversation, Side side) {
    this.conversation = conversation;
    this.side = side;
  }

  Bytes bytes() {
    Bytes all = bytes;
    if (all == null) {
      all = conversation.bytes(side);
      bytes = all;
    }
    return all;
  }

  Side side() {
    return side;
  }

  long byteCount() {
    return conversation.byteCount(side);
  }

  List<Gap> gaps() {
    return conversation.gaps().stream().filter(gap -> gap.side() == side).toList();
  }

  /**
   * Returns whether there are all bytes, and few enough to be searched and redacted for a failure.
   */
  boolean isReadable() {
    return byteCount() <= MAX_READABLE_BYTES && gaps().isEmpty();
  }

  /** Returns whether the side may still send something. */
  boolean mayGrow() {
    return conversation.isOpen() && conversation.endEvent(side).isEmpty();
  }

  /** Returns words that follow the offset of a byte. */
  String name() {
    return " of what the " + side + " sent";
  }
}
