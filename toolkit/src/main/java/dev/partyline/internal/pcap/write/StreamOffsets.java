package dev.partyline.internal.pcap.write;

import dev.partyline.wire.ConversationReader;
import dev.partyline.wire.Event;
import dev.partyline.wire.Side;

/** Counts what each side has sent while a conversation is read. */
final class StreamOffsets {
  private final long[] offsets = new long[Side.values().length];

  /** Returns how many bytes of its side precede the current event; to be called once for each. */
  long before(ConversationReader reader) {
    long byteCount = reader.byteCount();
    if (reader.event().orElse(null) instanceof Event.Dropped dropped) {
      byteCount = dropped.byteCount();
    }
    long offset = offsets[reader.side().ordinal()];
    offsets[reader.side().ordinal()] += byteCount;
    return offset;
  }
}
